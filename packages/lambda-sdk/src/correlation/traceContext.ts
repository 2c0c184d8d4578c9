import type { Correlation } from './Correlation.ts'

// https://www.w3.org/TR/trace-context/#traceparent-header; later versions may append fields.
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/
const XRAY_ROOT = /(?:^|;)\s*Root=(1-([\da-f]{8})-([\da-f]{24}))(?:;|$)/i
const MAX_HEADER_LENGTH = 512

/** Takes the trace from a W3C `traceparent`. An invalid one is ignored, as the specification asks. */
export const applyTraceparent = (ids: Correlation, value: unknown): void => {
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH) return
  const traceId = TRACEPARENT.exec(value)?.[1]
  if (traceId === undefined) return
  ids.traceId = traceId
  ids.traceparent = value
}

/**
 * Takes the trace from an X-Ray trace header
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader). Its root, written
 * without version and dashes, is a W3C trace id, used when there was no `traceparent`.
 */
export const applyXRayHeader = (ids: Correlation, value: unknown): void => {
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH) return
  const root = XRAY_ROOT.exec(value)
  if (!root) return
  ids.xrayTraceId = root[1]
  ids.xrayTraceHeader = value
  ids.traceId ??= `${root[2]}${root[3]}`.toLowerCase()
}
