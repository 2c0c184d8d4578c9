import type { Settings } from '../config/Settings.ts'
import { jsonMembers } from '../output/jsonMembers.ts'

/** Which metrics a document defines besides those of every invocation. */
export interface OptionalMetrics {
  initDuration: boolean
  batch: boolean
  timeToFirstByte: boolean
}

/** The parts of an invocation's document that never change, serialized once. */
export interface InvocationTemplate {
  /** The end of `_aws`, from behind the timestamp's value. */
  directive: (optional: OptionalMetrics) => string
  /** The dimensions' values as members of the root. */
  dimensionMembers: string
}

const definitions = ({ initDuration, batch, timeToFirstByte }: OptionalMetrics): object[] => [
  { Name: 'Invocations', Unit: 'Count' },
  { Name: 'Duration', Unit: 'Milliseconds' },
  { Name: 'ColdStart', Unit: 'Count' },
  { Name: 'Errors', Unit: 'Count' },
  { Name: 'Timeouts', Unit: 'Count' },
  ...(initDuration ? [{ Name: 'InitDuration', Unit: 'Milliseconds' }] : []),
  ...(batch
    ? [
        { Name: 'RecordsProcessed', Unit: 'Count' },
        { Name: 'BatchItemFailures', Unit: 'Count' },
      ]
    : []),
  ...(timeToFirstByte ? [{ Name: 'TimeToFirstByte', Unit: 'Milliseconds' }] : []),
]

/** Serializes what all documents of one wrapped handler share. */
export const createInvocationTemplate = ({
  namespace,
  dimensions,
}: Pick<Settings, 'namespace' | 'dimensions'>): InvocationTemplate => {
  const cache: string[] = []
  const set = JSON.stringify(Object.keys(dimensions))
  return {
    directive: (optional) => {
      const key =
        (optional.initDuration ? 1 : 0) + (optional.batch ? 2 : 0) + (optional.timeToFirstByte ? 4 : 0)
      cache[key] ??=
        `,"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},"Dimensions":[${set}],"Metrics":` +
        `${JSON.stringify(definitions(optional))}}]}`
      return cache[key]
    },
    dimensionMembers: jsonMembers(dimensions),
  }
}
