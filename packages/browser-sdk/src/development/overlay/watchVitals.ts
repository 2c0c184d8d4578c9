import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'

/** The latest values of this page view, by name. */
export type Vitals = ReadonlyMap<Metric['name'], Pick<Metric, 'value' | 'rating'>>

let watched: Map<Metric['name'], Metric> | undefined

/** Keeps the vitals as they stand. web-vitals has no way to stop, so it is asked once per page. */
export const watchVitals = (): Vitals => {
  if (watched) return watched
  const vitals = new Map<Metric['name'], Metric>()
  watched = vitals
  for (const onVital of [onLCP, onINP, onCLS, onFCP, onTTFB])
    onVital((metric) => void vitals.set(metric.name, metric), { reportAllChanges: true })
  return vitals
}
