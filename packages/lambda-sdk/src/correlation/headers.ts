import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import type { Correlation } from './Correlation.ts'
import { parseTraceparent, parseXRayHeader } from './traceContext.ts'

type HeaderBag = Record<string, unknown>

const SESSION_ID = /^[\w-]{1,64}$/

/** A session id as the browser SDK mints it, or undefined: what a client sends is not trusted into a log line. */
export const validSessionId = (value: unknown): string | undefined =>
  typeof value === 'string' && SESSION_ID.test(value) ? value : undefined

/** Looks a header up whatever its case: HTTP APIs send lower case, REST APIs and load balancers what the client wrote. */
export const headerValue = (headers: unknown, lowerCaseName: string): string | undefined => {
  if (typeof headers !== 'object' || headers === null) return undefined
  const bag = headers as HeaderBag
  let value = bag[lowerCaseName]
  if (value === undefined) {
    for (const name in bag) {
      if (name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) value = bag[name]
    }
  }
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : undefined
}

/** Session and trace ids from a bag of headers. */
export const correlationFromHeaders = (headers: unknown): Correlation => {
  const sessionId = validSessionId(headerValue(headers, SESSION_ID_HEADER))
  return {
    ...parseXRayHeader(headerValue(headers, 'x-amzn-trace-id')),
    ...parseTraceparent(headerValue(headers, TRACEPARENT_HEADER)),
    ...(sessionId && { sessionId }),
  }
}
