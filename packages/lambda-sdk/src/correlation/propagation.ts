import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import { currentScope } from '../invocation/scopeStorage.ts'

/** Names and values of the ids that the next service needs. */
export type PropagationHeaders = Record<string, string>

/** A message attribute as the AWS SDK's SQS and SNS clients take it. */
export interface MessageAttribute {
  DataType: 'String'
  StringValue: string
}

/** 64 random bits; identifies a hop, protects nothing. */
const newSpanId = (): string => {
  const half = (): string =>
    Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  const id = half() + half()
  return id === '0000000000000000' ? '0000000000000001' : id
}

/**
 * Headers that carry session and trace of the current invocation to the next service: `x-observe-session-id`, `traceparent`
 * and `x-amzn-trace-id`, each as far as it is known. Empty outside an invocation.
 *
 * They work as members of a JSON payload, too: spread them into an EventBridge `detail`, a Kinesis record or the input of a
 * Step Functions execution.
 *
 * @example
 * ```ts
 * await fetch('https://stock.example.com/items', { headers: propagationHeaders() })
 * ```
 */
export const propagationHeaders = (): PropagationHeaders => {
  const headers: PropagationHeaders = {}
  const ids = currentScope()?.correlation
  if (!ids) return headers
  if (ids.sessionId !== undefined) headers[SESSION_ID_HEADER] = ids.sessionId
  if (ids.traceId !== undefined) {
    const flags = ids.traceparent?.slice(53, 55) ?? (ids.xrayTraceHeader?.includes('Sampled=1') ? '01' : '00')
    headers[TRACEPARENT_HEADER] = `00-${ids.traceId}-${newSpanId()}-${flags}`
  }
  if (ids.xrayTraceHeader !== undefined) headers['x-amzn-trace-id'] = ids.xrayTraceHeader
  return headers
}

/**
 * {@link propagationHeaders} as message attributes of SQS and SNS. Lambda reads X-Ray's own header from the queue by itself.
 *
 * @example
 * ```ts
 * await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes: propagationAttributes() }))
 * ```
 */
export const propagationAttributes = (): Record<string, MessageAttribute> =>
  Object.fromEntries(
    Object.entries(propagationHeaders())
      .filter(([name]) => name !== 'x-amzn-trace-id')
      .map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  )
