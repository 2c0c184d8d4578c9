/** The ids that tie what one invocation writes to the session, the trace and the request it belongs to. */
export interface Correlation {
  /** Kind of event that started the invocation. */
  eventSource?: EventSource
  /** Session minted by the browser SDK. */
  sessionId?: string
  /** W3C trace id: 32 lower-case hex digits. From `traceparent`, else from the X-Ray header's root. */
  traceId?: string
  /** W3C id of the caller's span: 16 lower-case hex digits. */
  parentSpanId?: string
  /** The whole X-Ray header value, as `AWSTraceHeader` and `x-amzn-trace-id` carry it. */
  xrayTraceHeader?: string
  /** X-Ray root, `1-5759e988-bd862e3fe1be46a994272793`. */
  xrayTraceId?: string
  /** Whether the caller sampled the trace. */
  sampled?: boolean
  /** `GET /orders/{id}`: method and route pattern, never a raw path with ids in it. */
  route?: string
  /** Id given by the event source: API Gateway request id, SQS or SNS message id, EventBridge event id … */
  sourceId?: string
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
