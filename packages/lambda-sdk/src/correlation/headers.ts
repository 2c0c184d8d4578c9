import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import type { Correlation } from './Correlation.ts'
import { applyTraceparent, applyXRayHeader } from './traceContext.ts'

const SESSION_ID = /^[\w-]{1,64}$/
const XRAY_HEADER = 'x-amzn-trace-id'

const isLowerCase = (name: string): boolean => name === name.toLowerCase()

const firstText = (value: unknown): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : undefined
}

/** Looks a header up whatever its case: HTTP APIs send lower case, REST APIs what the client wrote. */
export const headerValue = (headers: unknown, lowerCaseName: string): string | undefined => {
  if (typeof headers !== 'object' || headers === null) return undefined
  const bag = headers as Record<string, unknown>
  const direct = bag[lowerCaseName]
  if (direct !== undefined) return firstText(direct)
  for (const name in bag) {
    if (name.length === lowerCaseName.length && !isLowerCase(name) && name.toLowerCase() === lowerCaseName) {
      return firstText(bag[name])
    }
  }
  return undefined
}

/** Takes a session id as the browser SDK mints it; anything else is not trusted into a log line. */
export const applySessionId = (ids: Correlation, value: unknown): void => {
  if (typeof value === 'string' && SESSION_ID.test(value)) ids.sessionId = value
}

/** Takes session and trace from a bag of headers. */
export const applyHeaders = (ids: Correlation, headers: unknown): void => {
  if (typeof headers !== 'object' || headers === null) return
  applySessionId(ids, headerValue(headers, SESSION_ID_HEADER))
  applyTraceparent(ids, headerValue(headers, TRACEPARENT_HEADER))
  applyXRayHeader(ids, headerValue(headers, XRAY_HEADER))
}
