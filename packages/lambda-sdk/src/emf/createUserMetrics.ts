import { MetricsContext } from 'aws-embedded-metrics/lib/logger/MetricsContext.js'
import { MetricValues } from 'aws-embedded-metrics/lib/logger/MetricValues.js'
import { LogSerializer } from 'aws-embedded-metrics/lib/serializers/LogSerializer.js'
import { reportFailure } from '../output/reportFailure.ts'
import type { MetricSample } from './MetricSample.ts'

/** Metrics a handler records during one invocation, one aws-embedded-metrics context per set of dimensions. */
export interface UserMetrics {
  add(sample: MetricSample, dimensions: Readonly<Record<string, string>>): void
  /** The documents recorded so far as JSON texts, and a fresh start. */
  take(): string[]
}

/** Values kept before documents are made early: bounds memory and keeps each document far below the line limit. */
const MAX_PENDING_VALUES = 5_000
/** Sets of dimensions kept before documents are made early. */
const MAX_PENDING_SETS = 100
const HIGH_RESOLUTION = 1
const STANDARD_RESOLUTION = 60

/*
 * Values are put into the context's map directly: `putMetric` validates what is valid already, and costs more than
 * serializing the document. A contract test holds the package to this shape.
 */
const put = (context: MetricsContext, sample: MetricSample): number => {
  const existing = context.metrics.get(sample.name)
  const resolution = sample.highResolution ? HIGH_RESOLUTION : STANDARD_RESOLUTION
  if (!existing) {
    context.metrics.set(sample.name, new MetricValues(sample.value, sample.unit, resolution))
    return 1
  }
  if (existing.unit !== sample.unit || existing.storageResolution !== resolution) {
    reportFailure(
      'OBSERVE_METRIC_REDEFINED',
      `metric "${sample.name}" was recorded with two units or resolutions; the first, ${existing.unit}, is kept.`,
    )
  }
  if (sample.mode === 'each') {
    existing.addValue(sample.value)
    return 1
  }
  existing.values[0] = sample.mode === 'sum' ? (existing.values[0] ?? 0) + sample.value : sample.value
  return 0
}

/** Starts the user metrics of one invocation. `onFull` gets documents made early. */
export const createUserMetrics = (namespace: string, onFull: (documents: string[]) => void): UserMetrics => {
  let contexts = new Map<string, MetricsContext>()
  let pendingValues = 0

  const contextFor = (dimensions: Readonly<Record<string, string>>): MetricsContext => {
    const key = JSON.stringify(dimensions)
    const known = contexts.get(key)
    if (known) return known
    const context = MetricsContext.empty()
    context.namespace = namespace
    context.setDimensions([{ ...dimensions }])
    contexts.set(key, context)
    return context
  }

  const take = (): string[] => {
    const full = contexts
    contexts = new Map()
    pendingValues = 0
    const serializer = new LogSerializer()
    return [...full.values()].flatMap((context) => {
      context.meta.Timestamp = Date.now()
      return serializer.serialize(context)
    })
  }

  return {
    add(sample, dimensions) {
      pendingValues += put(contextFor(dimensions), sample)
      if (pendingValues >= MAX_PENDING_VALUES || contexts.size > MAX_PENDING_SETS) onFull(take())
    },
    take,
  }
}
