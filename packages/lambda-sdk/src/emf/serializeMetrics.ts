import { LogSerializer } from 'aws-embedded-metrics/lib/serializers/LogSerializer.js'
import { jsonMembers } from '../output/jsonMembers.ts'
import { MAX_METRICS_PER_DOCUMENT, MAX_VALUES_PER_METRIC } from './limits.ts'
import type { MetricSet, MetricValues } from './MetricSet.ts'

type MetricsContext = Parameters<LogSerializer['serialize']>[0]

/** Documents of a set that one cannot hold, by aws-embedded-metrics. A contract test holds it to what it reads of a context. */
const split = ({ namespace, dimensions, metrics }: MetricSet, timestamp: number): string[] =>
  new LogSerializer().serialize({
    namespace,
    metrics,
    meta: { Timestamp: timestamp },
    properties: {},
    getDimensions: () => [dimensions],
  } as unknown as MetricsContext)

const fitsOneDocument = (metrics: MetricSet['metrics']): boolean => {
  if (metrics.size > MAX_METRICS_PER_DOCUMENT) return false
  for (const { values } of metrics.values()) if (values.length > MAX_VALUES_PER_METRIC) return false
  return true
}

const definition = (key: string, { unit, storageResolution }: MetricValues): string =>
  `{"Name":${key},"Unit":"${unit}"${storageResolution === 1 ? ',"StorageResolution":1' : ''}}`

/** The one document that nearly every set fits into: a quarter of the time that the general way takes. */
const document = ({ namespace, dimensions, metrics }: MetricSet, timestamp: number): string => {
  let definitions = ''
  let members = ''
  for (const [name, metric] of metrics) {
    const key = JSON.stringify(name)
    definitions += `${definitions === '' ? '' : ','}${definition(key, metric)}`
    // Finite numbers, which read the same as text and as JSON.
    const { values } = metric
    members += `,${key}:${values.length === 1 ? values[0] : `[${values.join()}]`}`
  }
  return (
    `{"_aws":{"Timestamp":${timestamp},"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},` +
    `"Dimensions":[${JSON.stringify(Object.keys(dimensions))}],"Metrics":[${definitions}]}]}` +
    `${jsonMembers(dimensions)}${members}}`
  )
}

/** The EMF documents of a set, as JSON texts. */
export const serializeMetrics = (set: MetricSet, timestamp: number): string[] =>
  fitsOneDocument(set.metrics) ? [document(set, timestamp)] : split(set, timestamp)
