/** The ids that tie what one invocation writes to the session, the trace and the request it belongs to. */
export interface Correlation {
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
  /** Id that the event source gave a record: SQS or SNS message id, Kinesis or DynamoDB event id … */
  sourceId: string | undefined
}

/** A record without any id. One shape for all invocations keeps reading it quick. */
export const emptyCorrelation = (): Correlation => ({
  sessionId: undefined,
  traceId: undefined,
  traceparent: undefined,
  xrayTraceId: undefined,
  xrayTraceHeader: undefined,
  route: undefined,
  sourceId: undefined,
})
