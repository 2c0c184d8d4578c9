import type { MetricUnit } from '../emf/units.ts'

/** How one measurement is recorded. */
export interface MetricOptions {
  /** Dimensions besides those of the handler, for this measurement. Each combination is a metric on the bill. */
  dimensions?: Record<string, string | number | boolean>
  /** Keep it at one-second instead of one-minute resolution. Default: false. */
  highResolution?: boolean
}

/** As {@link MetricOptions}, with a unit. */
export interface UnitMetricOptions extends MetricOptions {
  /** One of CloudWatch's 27 units. Default: `None`. */
  unit?: MetricUnit
}
