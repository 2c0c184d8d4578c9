import { type ExtractedMetric, extractMetrics, validateEmf } from '@acme/observe-lambda/testing'

/** What CloudWatch would make of a line: metrics, one of its failure counts, or nothing. */
export type Emf = { metrics: ExtractedMetric[] } | { failure: 'EMFParsingErrors' | 'EMFValidationErrors' }

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const readEmf = (line: string, json: Record<string, unknown> | undefined): Emf | undefined => {
  if (!line.includes('"_aws"')) return undefined
  if (!json) return line.includes('"CloudWatchMetrics"') ? { failure: 'EMFParsingErrors' } : undefined
  if (!Object.hasOwn(json, '_aws')) return undefined
  if (validateEmf(json).length > 0) return { failure: 'EMFValidationErrors' }
  return { metrics: extractMetrics(line) }
}
