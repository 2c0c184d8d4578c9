import { MAX_METRIC_VALUE } from './limits.ts'

/** Whether CloudWatch takes a number as a metric's value: finite and within its range. */
export const isMetricValue = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= MAX_METRIC_VALUE
