// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
// and https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html

/** Most metric definitions in one document. */
export const MAX_METRICS_PER_DOCUMENT = 100

/** Most values of one metric in one document. */
export const MAX_VALUES_PER_METRIC = 100

/** Most dimensions in one set. */
export const MAX_DIMENSIONS = 30

/** Longest dimension name, in characters. */
export const MAX_DIMENSION_NAME_LENGTH = 250

/** Longest dimension value, in characters. */
export const MAX_DIMENSION_VALUE_LENGTH = 1_024

/** Longest metric name the CloudWatch API takes, in characters. EMF itself would allow 1 024. */
export const MAX_METRIC_NAME_LENGTH = 255

/** Longest namespace, in characters. */
export const MAX_NAMESPACE_LENGTH = 255

/** Largest value of a metric, and with a minus the smallest; a document with another is lost as a whole. */
export const MAX_METRIC_VALUE: number = 2 ** 360
