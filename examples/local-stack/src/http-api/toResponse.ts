import type { InvocationOutcome } from '../lambda/runtimeApi.ts'

/** What goes back to the client. */
export interface HttpResponse {
  statusCode: number
  headers: Record<string, string | string[]>
  body: Buffer
}

export const jsonResponse = (statusCode: number, body: unknown): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
})

/**
 * The HTTP response API Gateway's HTTP API makes of a function's outcome, payload format 2.0: a result
 * with `statusCode` is taken as the response, any other one becomes the JSON body of a 200.
 */
export const toResponse = (outcome: InvocationOutcome): HttpResponse => {
  if (!outcome.ok) {
    return outcome.error.errorType === 'TooManyRequestsException'
      ? jsonResponse(503, { message: 'Service Unavailable' })
      : internalServerError()
  }
  if (outcome.contentType === STREAMED_WITH_PRELUDE) return fromStream(outcome.payload)
  if (outcome.contentType.startsWith('application/json'))
    return fromResult(parse(outcome.payload), outcome.payload)
  return { statusCode: 200, headers: { 'content-type': outcome.contentType }, body: outcome.payload }
}

const STREAMED_WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response'

const internalServerError = () => jsonResponse(500, { message: 'Internal Server Error' })

const fromStream = (payload: Buffer): HttpResponse => {
  const end = payload.indexOf(Buffer.alloc(8))
  if (end < 0) return internalServerError()
  const head = fromResult(parse(payload.subarray(0, end)), payload)
  return { ...head, body: payload.subarray(end + 8) }
}

const fromResult = (result: unknown, payload: Buffer): HttpResponse => {
  if (!isObject(result) || !('statusCode' in result)) {
    const body = typeof result === 'string' ? Buffer.from(result) : payload
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body }
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result
  const status = Number(statusCode)
  const valid =
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    isObject(headers) &&
    Object.values(headers).every(isHeaderValue) &&
    Array.isArray(cookies) &&
    cookies.every((cookie) => typeof cookie === 'string') &&
    (typeof body === 'string' || body === null)
  if (!valid) return internalServerError()
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/plain;charset=utf-8',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies.length > 0 && { 'set-cookie': cookies as string[] }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

const isHeaderValue = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && !/[\r\n]/.test(String(value))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (payload: Buffer): unknown => {
  try {
    return JSON.parse(payload.toString('utf8'))
  } catch {
    return undefined
  }
}
