import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import type { Page } from '../core/Pages.ts'
import { guard } from '../runtime/guard.ts'
import type { SignalFields } from './Signal.ts'

type Report = (vital: SignalFields, page?: Page) => void

/** A metric of web-vitals, or one that looks like it. */
export type MetricLike = Pick<Metric, 'value' | 'delta' | 'rating' | 'id' | 'entries'> & {
  name: Metric['name'] | 'FID'
  navigationType: string
}

/** web-vitals has no way to stop, so a page observes once and the reports go to whoever asked last. */
let receive: Report | undefined

/** Reports one metric, of the page that was loaded unless another is given. */
export const reportVital: (metric: MetricLike, page?: Page) => void = guard(
  ({ name, value, delta, rating, id, entries, navigationType }: MetricLike, page?: Page) =>
    receive?.(
      {
        type: 'web-vital',
        name,
        value,
        delta,
        rating,
        metricId: id,
        navigationType,
        details: { entries },
      },
      page,
    ),
)

/** INP as it was last heard of, and how much of it has not been reported. */
let interaction: MetricLike | undefined

/**
 * Reports INP as it stands; call it when the page is hidden. web-vitals may learn of the last interaction only after
 * it has itself reported at that moment, so it is asked for every change.
 */
export const settleVitals = (): void => {
  if (interaction) reportVital(interaction)
  interaction = undefined
}

/** Reports LCP, INP, CLS, FCP and TTFB when they are final, until somebody else asks for them. */
export const observeVitals = (report: Report): void => {
  if (!receive) {
    for (const observe of [onCLS, onFCP, onLCP, onTTFB]) observe(reportVital)
    onINP(
      (metric) => {
        interaction = { ...metric, delta: metric.delta + (interaction?.delta ?? 0) }
      },
      { reportAllChanges: true },
    )
  }
  receive = report
}
