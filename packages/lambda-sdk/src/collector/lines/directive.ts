import type { Batch } from './Batch.ts'

/** The definition of a metric as a document has it, as JSON. */
export const define = (name: string, unit: string): string => JSON.stringify({ Name: name, Unit: unit })

/** The `_aws` member of a document, with a trailing comma. Sets of dimensions and definitions are given as JSON. */
export const directive = (
  { namespace, receivedAt }: Batch,
  dimensionSets: string,
  definitions: string,
): string =>
  `"_aws":{"Timestamp":${receivedAt},"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},` +
  `"Dimensions":[${dimensionSets}],"Metrics":[${definitions}]}]},`
