import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import { guard } from '../runtime/guard.ts'
import type { SignalFields } from './Signal.ts'

type Report = (vital: SignalFields) => void

/** A metric of web-vitals, or one that looks like it. */
export type MetricLike = Pick<Metric, 'value' | 'delta' | 'rating' | 'id' | 'entries'> & {
  name: Metric['name'] | 'FID'
  navigationType: string
}

/** web-vitals has no way to stop, so a page observes once and the reports go to whoever asked last. */
let receive: Report | undefined

/** Reports one metric. */
export const reportVital: (metric: MetricLike) => void = guard(
  ({ name, value, delta, rating, id, entries, navigationType }: MetricLike) =>
    receive?.({
      type: 'web-vital',
      name,
      value,
      delta,
      rating,
      metricId: id,
      navigationType,
      details: { entries },
    }),
)

/** INP so far, and what was reported of it. */
let interaction: MetricLike | undefined
const reported = new Map<string, number>()

/**
 * Reports INP as it stands; call it when the page is hidden. web-vitals may learn of the last interaction only after
 * it has itself reported at that moment, so it is asked for every change.
 */
export const settleVitals = (): void => {
  if (!interaction) return
  const { id, value } = interaction
  reportVital({ ...interaction, delta: value - (reported.get(id) ?? 0) })
  reported.set(id, value)
  interaction = undefined
}

/** Reports LCP, INP, CLS, FCP and TTFB when they are final, until somebody else asks for them. */
export const observeVitals = (report: Report): void => {
  if (!receive) {
    for (const observe of [onCLS, onFCP, onLCP, onTTFB]) observe(reportVital)
    onINP(
      (metric) => {
        interaction = metric
      },
      { reportAllChanges: true },
    )
  }
  receive = report
}
