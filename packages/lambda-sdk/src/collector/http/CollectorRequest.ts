import { headerValue } from '../../correlation/headers.ts'

/** What the collector needs of an HTTP API (v1, v2), load balancer or function URL event. */
export interface CollectorRequest {
  method: string
  origin: string
  contentType: string
  key: string
  body: string
  isBase64: boolean
}

interface HttpLikeEvent {
  headers?: unknown
  multiValueHeaders?: unknown
  queryStringParameters?: { key?: unknown } | null
  httpMethod?: unknown
  requestContext?: { http?: { method?: unknown } } | null
  body?: unknown
  isBase64Encoded?: unknown
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads an event of any of the four shapes; what is missing reads as empty. */
export const readRequest = (event: unknown): CollectorRequest => {
  const http = (typeof event === 'object' && event !== null ? event : {}) as HttpLikeEvent
  const headers = http.headers ?? http.multiValueHeaders
  return {
    method: text(http.requestContext?.http?.method ?? http.httpMethod).toUpperCase(),
    origin: headerValue(headers, 'origin') ?? '',
    contentType: headerValue(headers, 'content-type') ?? '',
    key: headerValue(headers, 'x-observe-key') ?? text(http.queryStringParameters?.key),
    body: text(http.body),
    isBase64: http.isBase64Encoded === true,
  }
}
