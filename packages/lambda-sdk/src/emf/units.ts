/** The units of CloudWatch (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html). */
export const METRIC_UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const

/** Unit of a metric; CloudWatch refuses any other. */
export type MetricUnit = (typeof METRIC_UNITS)[number]

const KNOWN: ReadonlySet<string> = new Set(METRIC_UNITS)

/** Whether CloudWatch knows the unit. */
export const isMetricUnit = (unit: unknown): unit is MetricUnit => typeof unit === 'string' && KNOWN.has(unit)
