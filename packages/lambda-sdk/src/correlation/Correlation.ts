/** The ids that tie what one invocation writes to the session, the trace and the request it belongs to. */
export interface Correlation {
  /** Kind of event that started the invocation. */
  eventSource: EventSource | undefined
  /** Session minted by the browser SDK. */
  sessionId: string | undefined
  /** W3C trace id: 32 lower-case hex digits. From `traceparent`, else from the X-Ray header's root. */
  traceId: string | undefined
  /** The caller's `traceparent`, when it is valid. */
  traceparent: string | undefined
  /** X-Ray root, `1-5759e988-bd862e3fe1be46a994272793`. */
  xrayTraceId: string | undefined
  /** The whole X-Ray header value, as `AWSTraceHeader` and `x-amzn-trace-id` carry it. */
  xrayTraceHeader: string | undefined
  /** `GET /orders/{id}`: method and route pattern, never a raw path with ids in it. */
  route: string | undefined
  /** Id given by the event source: API Gateway request id, SQS or SNS message id, EventBridge event id … */
  sourceId: string | undefined
}

/** Event sources this package recognises. */
export type EventSource =
  | 'http-api'
  | 'rest-api'
  | 'alb'
  | 'function-url'
  | 'sqs'
  | 'sns'
  | 'eventbridge'
  | 'kinesis'
  | 'dynamodb'
  | 's3'
  | 'appsync'
  | 'step-functions'

/** A record without any id. One shape for all invocations keeps reading it quick. */
export const emptyCorrelation = (): Correlation => ({
  eventSource: undefined,
  sessionId: undefined,
  traceId: undefined,
  traceparent: undefined,
  xrayTraceId: undefined,
  xrayTraceHeader: undefined,
  route: undefined,
  sourceId: undefined,
})
