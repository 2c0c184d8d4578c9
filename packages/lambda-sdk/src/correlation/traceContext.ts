import type { Correlation } from './Correlation.ts'

type TraceFields = Pick<Correlation, 'traceId' | 'parentSpanId' | 'sampled'>
type XRayFields = Pick<
  Correlation,
  'xrayTraceHeader' | 'xrayTraceId' | 'traceId' | 'parentSpanId' | 'sampled'
>

// https://www.w3.org/TR/trace-context/#traceparent-header; later versions may append fields.
const TRACEPARENT = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/
const XRAY_ROOT = /(?:^|;)\s*Root=(1-([\da-f]{8})-([\da-f]{24}))/i
const XRAY_PARENT = /(?:^|;)\s*Parent=([\da-f]{16})/i
const XRAY_SAMPLED = /(?:^|;)\s*Sampled=([01])/i
const ALL_ZERO = /^0+$/

/** Reads a W3C `traceparent`; an invalid one gives undefined, as the specification asks. */
export const parseTraceparent = (value: unknown): TraceFields | undefined => {
  if (typeof value !== 'string') return undefined
  const match = TRACEPARENT.exec(value.trim())
  const [, traceId, parentSpanId, flags] = match ?? []
  if (!traceId || !parentSpanId || !flags || ALL_ZERO.test(traceId) || ALL_ZERO.test(parentSpanId)) {
    return undefined
  }
  return { traceId, parentSpanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/**
 * Reads an X-Ray trace header (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader).
 * Its root written without dashes and version is a W3C trace id.
 */
export const parseXRayHeader = (value: unknown): XRayFields | undefined => {
  if (typeof value !== 'string') return undefined
  const root = XRAY_ROOT.exec(value)
  if (!root?.[1]) return undefined
  const parent = XRAY_PARENT.exec(value)?.[1]?.toLowerCase()
  const sampled = XRAY_SAMPLED.exec(value)?.[1]
  return {
    xrayTraceHeader: value.slice(0, 512),
    xrayTraceId: root[1],
    traceId: `${root[2]}${root[3]}`.toLowerCase(),
    ...(parent && { parentSpanId: parent }),
    ...(sampled && { sampled: sampled === '1' }),
  }
}
