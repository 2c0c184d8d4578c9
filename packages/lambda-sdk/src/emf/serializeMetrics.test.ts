import { MetricsContext } from 'aws-embedded-metrics/lib/logger/MetricsContext.js'
import { MetricValues } from 'aws-embedded-metrics/lib/logger/MetricValues.js'
import { LogSerializer } from 'aws-embedded-metrics/lib/serializers/LogSerializer.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateEmf } from '../testing/index.ts'
import type { MetricSet } from './MetricSet.ts'
import { serializeMetrics } from './serializeMetrics.ts'
import { METRIC_UNITS } from './units.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const name = fc.stringMatching(/^M[\x20-\x7e]{0,20}$/)
const values = (most: number) =>
  fc.record({
    values: fc.array(number, { minLength: 1, maxLength: most, size: 'max' }),
    unit: fc.constantFrom(...METRIC_UNITS),
    storageResolution: fc.constantFrom(1, 60),
  })
const metricSet = (mostMetrics: number, mostValues: number) =>
  fc.record({
    namespace: fc.string({ minLength: 1, maxLength: 20 }),
    dimensions: fc.dictionary(
      fc.stringMatching(/^D[\x20-\x7e]{0,20}$/),
      fc.stringMatching(/^[\x21-\x7e]{1,20}$/),
      {
        minKeys: 1,
        maxKeys: 4,
      },
    ),
    metrics: fc
      .uniqueArray(fc.tuple(name, values(mostValues)), {
        selector: ([key]) => key,
        minLength: 1,
        maxLength: mostMetrics,
      })
      .map((entries) => new Map(entries)),
  })

const byLibrary = ({ namespace, dimensions, metrics }: MetricSet): unknown[] => {
  const context = MetricsContext.empty()
  context.namespace = namespace
  context.setDimensions([{ ...dimensions }])
  context.meta.Timestamp = 5
  for (const [key, metric] of metrics) {
    // Not by `putMetric`, which refuses numbers that CloudWatch takes.
    const [first = 0, ...rest] = metric.values
    context.metrics.set(key, new MetricValues(first, metric.unit, metric.storageResolution))
    for (const value of rest) context.metrics.get(key)?.addValue(value)
  }
  return new LogSerializer().serialize(context).map((text) => JSON.parse(text) as unknown)
}

/** The library puts the metric with the most values first; the order means nothing. */
const sorted = (documents: unknown[]) =>
  documents.map((document) => {
    const { _aws, ...members } = document as {
      _aws: { CloudWatchMetrics: [{ Metrics: { Name: string }[] }] }
    }
    const [{ Metrics, ...rest }] = _aws.CloudWatchMetrics
    const byName = Metrics.sort((a, b) => (a.Name < b.Name ? -1 : 1))
    return { ...members, _aws: { ..._aws, CloudWatchMetrics: [{ ...rest, Metrics: byName }] } }
  })

const parsed = (set: MetricSet) => serializeMetrics(set, 5).map((text) => JSON.parse(text) as object)

describe('the documents of a set of metrics', () => {
  it('are one while it fits, and say what aws-embedded-metrics would say', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(metricSet(12, 20), (set) => {
        const documents = parsed(set)
        expect(documents).toHaveLength(1)
        expect(sorted(documents)).toEqual(sorted(byLibrary(set)))
      }),
      { numRuns: 200 },
    )
  })

  it('are valid and hold every value once, however many there are', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(metricSet(130, 3), values(350), (set, many) => {
        set.metrics.set('Many', many)
        const documents = parsed(set)
        for (const document of documents) expect(validateEmf(document)).toEqual([])
        for (const [key, { values: recorded }] of set.metrics) {
          const written = documents.flatMap((document) => (document as Record<string, number[]>)[key] ?? [])
          expect(written.map(String)).toEqual(recorded.map((value) => JSON.stringify(value)))
        }
      }),
      { numRuns: 50 },
    )
  })
})
