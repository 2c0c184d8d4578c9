import type { MetricUnit } from './units.ts'

/** One measurement of the user, already made valid. */
export interface MetricSample {
  name: string
  value: number
  unit: MetricUnit
  highResolution: boolean
  /** `sum` adds to the invocation's total, `last` replaces, `each` keeps every value. */
  mode: 'sum' | 'last' | 'each'
}
