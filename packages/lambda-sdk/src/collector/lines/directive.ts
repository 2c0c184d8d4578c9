import type { Batch } from './Batch.ts'

/** A metric's name and unit as a document defines them. */
export interface MetricDefinition {
  Name: string
  Unit: string
}

/** The `_aws` member of a document, with a trailing comma. */
export const directive = (
  { namespace, receivedAt }: Batch,
  dimensions: readonly (readonly string[])[],
  metrics: readonly MetricDefinition[],
): string =>
  `"_aws":{"Timestamp":${receivedAt},"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},` +
  `"Dimensions":${JSON.stringify(dimensions)},"Metrics":${JSON.stringify(metrics)}}]},`
