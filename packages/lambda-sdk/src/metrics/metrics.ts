import { addProperty } from './addProperty.ts'
import type { MetricOptions, UnitMetricOptions } from './MetricOptions.ts'
import { record } from './record.ts'

/** Records business metrics. Outside an invocation each call writes its document at once. */
export interface Metrics {
  /** Adds to a counter: one value per invocation, the sum of its calls. Default amount: 1. Unit: Count. */
  count(name: string, amount?: number, options?: MetricOptions): void
  /** Records how long something took, in milliseconds. Every call is a value of its own, so percentiles work. */
  duration(name: string, durationMs: number, options?: MetricOptions): void
  /** Records a level, such as a queue's depth: one value per invocation, the last one set. */
  gauge(name: string, value: number, options?: UnitMetricOptions): void
  /** Records a value of any unit. Every call is a value of its own. */
  put(name: string, value: number, options?: UnitMetricOptions): void
  /** Adds a member to the invocation's documents. It costs no metric and can be searched for. Personal data is masked. */
  addProperty(key: string, value: unknown): void
}

/**
 * Business metrics, written as CloudWatch EMF documents when the invocation ends.
 *
 * Limits are kept for the caller: names and dimension values are made valid, a document holds at most 100 metrics with 100
 * values each, and what cannot be recorded is dropped, counted and told once in the log. No method throws.
 *
 * @example
 * ```ts
 * metrics.count('OrdersPlaced')
 * metrics.duration('PaymentLatency', 182)
 * metrics.gauge('CartValue', 59.9, { unit: 'None', dimensions: { Currency: 'EUR' } })
 * metrics.addProperty('orderId', 'o_17')
 * ```
 */
export const metrics: Metrics = {
  count: (name, amount = 1, options) => record(name, amount, 'sum', { ...options, unit: 'Count' }),
  duration: (name, durationMs, options) =>
    record(name, durationMs, 'each', { ...options, unit: 'Milliseconds' }),
  gauge: (name, value, options) => record(name, value, 'last', options),
  put: (name, value, options) => record(name, value, 'each', options),
  addProperty,
}
