import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import { isMetricValue } from './isMetricValue.ts'
import type { MetricSample } from './MetricSample.ts'
import type { MetricSet } from './MetricSet.ts'
import { serializeMetrics } from './serializeMetrics.ts'
import { type DocumentScope, userDocumentLines } from './userDocuments.ts'

/** Metrics a handler records during one invocation, one set of metrics per set of dimensions. */
export interface UserMetrics {
  add(sample: MetricSample, dimensions: Readonly<Record<string, string>>): void
  /** Lines of what was recorded so far, and a fresh start. */
  take(): string
}

/** Values kept before documents are made early: bounds memory and keeps each document far below the line limit. */
const MAX_PENDING_VALUES = 5_000
/** Sets of dimensions kept before documents are made early. */
const MAX_PENDING_SETS = 100
const HIGH_RESOLUTION = 1
const STANDARD_RESOLUTION = 60

/** Adds a sample and tells how many values that made more. */
const put = ({ metrics }: MetricSet, { name, value, unit, highResolution, mode }: MetricSample): number => {
  const existing = metrics.get(name)
  const storageResolution = highResolution ? HIGH_RESOLUTION : STANDARD_RESOLUTION
  if (!existing) {
    metrics.set(name, { values: [value], unit, storageResolution })
    return 1
  }
  if (existing.unit !== unit || existing.storageResolution !== storageResolution) {
    reportFailure(
      'OBSERVE_METRIC_REDEFINED',
      `metric "${name}" was recorded with two units or resolutions; the first, ${existing.unit}, is kept.`,
    )
  }
  if (mode === 'each') {
    existing.values.push(value)
    return 1
  }
  const next = mode === 'sum' ? (existing.values[0] ?? 0) + value : value
  if (isMetricValue(next)) existing.values[0] = next
  else {
    reportFailure(
      'OBSERVE_METRIC_VALUE',
      `metric "${name}" was not added to: its sum would exceed the 2^360 that CloudWatch takes.`,
    )
  }
  return 0
}

/** Starts the metrics that belong to a scope. When they are too many, lines are written before they are taken. */
export const createUserMetrics = (scope: DocumentScope): UserMetrics => {
  const { namespace } = scope.settings
  let sets = new Map<string, MetricSet>()
  let last: MetricSet | undefined
  let pendingValues = 0

  const setFor = (dimensions: Readonly<Record<string, string>>): MetricSet => {
    // Most samples have the handler's dimensions and nothing else: the same object every time.
    if (last?.dimensions === dimensions) return last
    const key = JSON.stringify(dimensions)
    last = sets.get(key)
    if (!last) {
      last = { namespace, dimensions, metrics: new Map() }
      sets.set(key, last)
    }
    return last
  }

  const take = (): string => {
    const full = sets
    sets = new Map()
    last = undefined
    pendingValues = 0
    const now = Date.now()
    const documents = [...full.values()].flatMap((set) => serializeMetrics(set, now))
    return userDocumentLines(documents, scope)
  }

  return {
    add(sample, dimensions) {
      pendingValues += put(setFor(dimensions), sample)
      if (pendingValues >= MAX_PENDING_VALUES || sets.size > MAX_PENDING_SETS) writeLines(take())
    },
    take,
  }
}
