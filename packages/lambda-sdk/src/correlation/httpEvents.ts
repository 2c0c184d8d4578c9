import { templatePath } from '@acme/observe-schema/masking'
import type { Correlation } from './Correlation.ts'
import { applyHeaders } from './headers.ts'

interface HttpEvent {
  routeKey?: unknown
  rawPath?: unknown
  path?: unknown
  resource?: unknown
  httpMethod?: unknown
  headers?: unknown
  multiValueHeaders?: unknown
  requestContext?: {
    http?: { method?: unknown }
    elb?: unknown
    routeKey?: unknown
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

const routeOf = (method: unknown, path: unknown): string => `${asText(method)} ${templatePath(asText(path))}`

/** `GET /{proxy+}` names a path no better than the path itself does. */
const isPattern = (route: string): boolean => route !== '' && route !== '$default' && !route.endsWith('+}')

/** Takes the ids of an event of an API Gateway HTTP, REST or WebSocket API, load balancer or function URL. False for any other. */
export const applyHttpEvent = (ids: Correlation, event: object): boolean => {
  const http = event as HttpEvent
  const context = http.requestContext
  if (typeof context !== 'object' || context === null) return false
  if (context.http) {
    const named = asText(http.routeKey)
    ids.route = isPattern(named) ? named : routeOf(context.http.method, http.rawPath)
  } else if (context.elb) {
    ids.route = routeOf(http.httpMethod, http.path)
  } else if (http.httpMethod !== undefined) {
    const resource = asText(http.resource)
    ids.route = isPattern(resource)
      ? `${asText(http.httpMethod)} ${resource}`
      : routeOf(http.httpMethod, http.path)
  } else if (context.routeKey !== undefined) {
    ids.route = asText(context.routeKey)
  } else {
    return false
  }
  applyHeaders(ids, http.headers ?? http.multiValueHeaders)
  return true
}
