import type { MetricUnit } from './units.ts'

/** The values of one metric. */
export interface MetricValues {
  values: number[]
  unit: MetricUnit
  /** 1 or 60, in seconds. */
  storageResolution: number
}

/** Metrics that share namespace and dimensions, in the form aws-embedded-metrics serializes. */
export interface MetricSet {
  namespace: string
  dimensions: Readonly<Record<string, string>>
  metrics: Map<string, MetricValues>
}
