import type { Correlation } from './Correlation.ts'

// https://www.w3.org/TR/trace-context/#traceparent-header; later versions may append fields.
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/
/** As Lambda and API Gateway write it: the root first. */
const XRAY_ROOT_FIRST = /^Root=1-[\da-f]{8}-[\da-f]{24}(?:;|$)/
const XRAY_ROOT = /(?:^|;)\s*Root=(1-[\da-f]{8}-[\da-f]{24})(?:;|$)/i
const MAX_HEADER_LENGTH = 512

/** Takes the trace from a W3C `traceparent`. An invalid one is ignored, as the specification asks. */
export const applyTraceparent = (ids: Correlation, value: unknown): void => {
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH) return
  if (!TRACEPARENT.test(value)) return
  ids.traceId = value.slice(3, 35)
  ids.traceparent = value
}

/**
 * Takes the trace from an X-Ray trace header
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader). Its root, written
 * without version and dashes, is a W3C trace id, used when there was no `traceparent`.
 */
export const applyXRayHeader = (ids: Correlation, value: unknown): void => {
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH) return
  const root = XRAY_ROOT_FIRST.test(value) ? value.slice(5, 40) : XRAY_ROOT.exec(value)?.[1]
  if (root === undefined) return
  ids.xrayTraceId = root
  ids.xrayTraceHeader = value
  ids.traceId ??= (root.slice(2, 10) + root.slice(11)).toLowerCase()
}
