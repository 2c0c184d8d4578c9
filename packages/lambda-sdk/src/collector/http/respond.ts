import type { CollectorAccepted, CollectorError, CollectorErrorCode } from '@acme/observe-schema/types'

/** Answer in the form API Gateway (v1 and v2), load balancers and function URLs accept alike. */
export interface CollectorResponse {
  statusCode: number
  headers: Record<string, string>
  body: string
}

const PREFLIGHT_MAX_AGE_S = 86_400

/**
 * On every status, refusals too: without them a browser hides the status from the page, and the SDK could not tell a
 * refusal from a network failure. An answer says nothing that another origin may not read.
 */
const corsHeaders = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin || '*',
  'access-control-expose-headers': 'retry-after',
  vary: 'origin',
  'cache-control': 'no-store',
})

const json = (
  statusCode: number,
  origin: string,
  body: CollectorAccepted | CollectorError,
): CollectorResponse => ({
  statusCode,
  headers: { ...corsHeaders(origin), 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** `202`: what was taken and what was not. */
export const accepted = (origin: string, body: CollectorAccepted): CollectorResponse =>
  json(202, origin, body)

/** Refuses the whole request. */
export const refused = (
  statusCode: number,
  origin: string,
  code: CollectorErrorCode,
  message: string,
  headers: Record<string, string> = {},
): CollectorResponse => {
  const response = json(statusCode, origin, { error: { code, message } })
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** Answers a CORS preflight, which only `application/json` and the key header need. */
export const preflight = (origin: string): CollectorResponse => ({
  statusCode: 204,
  headers: {
    ...corsHeaders(origin),
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type, x-observe-key',
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_S),
  },
  body: '',
})
