import type { WebVitalEvent } from '@acme/observe-schema/types'
import { createBoundedMemory } from './boundedMemory.ts'

/** Instances of a metric remembered because their first report was zero. */
const MAX_REMEMBERED = 2_000

/**
 * Tells the first report of a metric instance, which is the sample, from later ones, which supersede it and would count the
 * page view twice. The first one's delta equals its value; so does the second one's when the first was zero, as a layout
 * shift score often is, so those are remembered.
 */
export const createSampleCheck = (): ((event: WebVitalEvent) => boolean) => {
  const startedAtZero = createBoundedMemory<true>(MAX_REMEMBERED)
  return ({ value, delta, metricId }) => {
    if (value !== delta) return false
    if (startedAtZero.get(metricId)) return false
    if (value === 0) startedAtZero.set(metricId, true)
    return true
  }
}
