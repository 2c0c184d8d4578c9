import type { Settings } from '../config/Settings.ts'
import type { Correlation } from '../correlation/Correlation.ts'
import { jsonMembers } from '../output/jsonMembers.ts'

/** Members that tie a line to its request, session and trace, and what was added to its context. */
export const linePrefix = (
  { linePrefix: service }: Settings,
  requestId: string,
  { sessionId, traceId, xrayTraceId }: Correlation,
  context?: Record<string, unknown>,
): string => {
  // Session and trace ids have been matched against patterns without quotes or backslashes.
  const session = sessionId === undefined ? '' : `,"sessionId":"${sessionId}"`
  const trace = traceId === undefined ? '' : `,"traceId":"${traceId}"`
  const xray = xrayTraceId === undefined ? '' : `,"xrayTraceId":"${xrayTraceId}"`
  const added = context ? jsonMembers(context) : ''
  return `${service},"requestId":${JSON.stringify(requestId)}${session}${trace}${xray}${added}`
}
