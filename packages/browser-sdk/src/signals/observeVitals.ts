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

/** Reports LCP, INP, CLS, FCP and TTFB when they are final. Returns what stops it. */
export const observeVitals = (report: Report): (() => void) => {
  if (!receive) for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(reportVital)
  receive = report
  return () => {
    receive = () => {}
  }
}
