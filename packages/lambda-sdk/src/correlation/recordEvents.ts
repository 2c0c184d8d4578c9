import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import { asText } from './asText.ts'
import { type Correlation, emptyCorrelation } from './Correlation.ts'
import { applySessionId } from './headers.ts'
import { applyPayload } from './payloadIds.ts'
import { applyTraceparent, applyXRayHeader } from './traceContext.ts'

type Json = Record<string, unknown>

/** Reads a named id where an event source keeps what the sender attached. */
type ReadAttribute = (name: string) => unknown

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}

const applyAttributes = (ids: Correlation, read: ReadAttribute): void => {
  applySessionId(ids, read(SESSION_ID_HEADER))
  applyTraceparent(ids, read(TRACEPARENT_HEADER))
}

const fromSqs = (ids: Correlation, record: Json): void => {
  const attributes = asObject(record.messageAttributes)
  applyAttributes(ids, (name) => asObject(attributes[name]).stringValue)
  applyXRayHeader(ids, asObject(record.attributes).AWSTraceHeader)
  ids.sourceId = asText(record.messageId)
  // A topic that delivers into a queue wraps its message, attributes included, in the body.
  if (ids.sessionId === undefined || ids.traceparent === undefined) applyPayload(ids, record.body)
}

const fromSns = (ids: Correlation, record: Json): void => {
  const sns = asObject(record.Sns)
  const attributes = asObject(sns.MessageAttributes)
  applyAttributes(ids, (name) => asObject(attributes[name]).Value)
  ids.sourceId = asText(sns.MessageId)
}

const fromKinesis = (ids: Correlation, record: Json): void => {
  const { data } = asObject(record.kinesis)
  if (typeof data === 'string') applyPayload(ids, Buffer.from(data.slice(0, 65_536), 'base64').toString())
  ids.sourceId = asText(record.eventID)
}

const fromDynamoDb = (ids: Correlation, record: Json): void => {
  const image = asObject(asObject(record.dynamodb).NewImage)
  applyAttributes(ids, (name) => asObject(image[name]).S)
  ids.sourceId = asText(record.eventID)
}

const fromS3 = (ids: Correlation, record: Json): void => {
  ids.sourceId = asText(asObject(record.responseElements)['x-amz-request-id'])
}

const SOURCES = new Map<unknown, (ids: Correlation, record: Json) => void>([
  ['aws:sqs', fromSqs],
  ['aws:sns', fromSns],
  ['aws:kinesis', fromKinesis],
  ['aws:dynamodb', fromDynamoDb],
  ['aws:s3', fromS3],
])

const readerOf = (record: Json) => SOURCES.get(record.eventSource ?? record.EventSource)

/** The ids of one record of an SQS, SNS, Kinesis, DynamoDB or S3 event; empty for anything else. Never throws. */
export const correlationOfRecord = (record: unknown): Correlation => {
  const ids = emptyCorrelation()
  try {
    const json = asObject(record)
    readerOf(json)?.(ids, json)
  } catch {
    // A record that cannot be read has no ids.
  }
  return ids
}

/** Takes the ids of a batch's record when that is the only one. False for anything but a batch. */
export const applyBatchEvent = (ids: Correlation, event: object): boolean => {
  const { Records } = event as { Records?: unknown }
  if (!Array.isArray(Records)) return false
  const first = asObject(Records[0])
  const read = readerOf(first)
  if (Records.length === 1) read?.(ids, first)
  return read !== undefined
}
