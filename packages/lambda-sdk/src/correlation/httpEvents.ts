import { templatePath } from '@acme/observe-schema/masking'
import type { Correlation } from './Correlation.ts'
import { correlationFromHeaders } from './headers.ts'

interface HttpEvent {
  version?: unknown
  routeKey?: unknown
  rawPath?: unknown
  path?: unknown
  resource?: unknown
  httpMethod?: unknown
  headers?: unknown
  multiValueHeaders?: unknown
  requestContext?: {
    http?: { method?: unknown; path?: unknown }
    elb?: unknown
    requestId?: unknown
    domainName?: unknown
    stage?: unknown
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

const routeOf = (method: unknown, path: unknown): string => `${asText(method)} ${templatePath(asText(path))}`

/** Ids of an API Gateway HTTP or REST API, load balancer or function URL event; undefined for anything else. */
export const correlationFromHttpEvent = (event: object): Correlation | undefined => {
  const http = event as HttpEvent
  const context = http.requestContext
  if (typeof context !== 'object' || context === null) return undefined
  const sourceId = asText(context.requestId)
  const ids: Correlation = {
    ...correlationFromHeaders(http.headers ?? http.multiValueHeaders),
    ...(sourceId && { sourceId }),
  }
  if (context.http) {
    const isFunctionUrl = asText(context.domainName).includes('.lambda-url.')
    const named = asText(http.routeKey)
    const isNamed = named !== '' && named !== '$default'
    return {
      ...ids,
      eventSource: isFunctionUrl ? 'function-url' : 'http-api',
      route: isNamed ? named : routeOf(context.http.method, http.rawPath),
    }
  }
  if (context.elb) return { ...ids, eventSource: 'alb', route: routeOf(http.httpMethod, http.path) }
  if (http.httpMethod !== undefined) {
    const resource = asText(http.resource)
    const isPattern = resource !== '' && !resource.endsWith('+}')
    return {
      ...ids,
      eventSource: 'rest-api',
      route: isPattern ? `${asText(http.httpMethod)} ${resource}` : routeOf(http.httpMethod, http.path),
    }
  }
  return undefined
}
