import { randomUUID } from 'node:crypto'
import type { LambdaFunction } from '../lambda/lambdaFunction.ts'
import { matchRoute, type Route } from './matchRoute.ts'
import { type HttpRequest, toEvent } from './toEvent.ts'
import { type HttpResponse, jsonResponse, toResponse } from './toResponse.ts'

/** The gateway in front of the functions. */
export interface HttpApi {
  /** Whether any route could take the request. */
  handles(method: string, path: string): boolean
  /** Undefined when the function behind the route is unreachable: the connection is to be cut. */
  handle(request: HttpRequest): Promise<HttpApiAnswer | undefined>
}

export interface HttpApiAnswer extends HttpResponse {
  routeKey?: string
  functionName?: string
  /** Request id of the invocation, which its log lines carry. */
  requestId?: string
}

/** API Gateway's quota for a request's payload is 10 MB; Lambda's own is what a request meets first. */
export const MAX_REQUEST_BYTES = 6 * 1024 * 1024

export const createHttpApi = (functions: readonly LambdaFunction[]): HttpApi => {
  const routes: Route<LambdaFunction>[] = functions.flatMap((target) =>
    target.definition.routes.map((routeKey) => ({ routeKey, target })),
  )
  return {
    handles: (method, path) => matchRoute(routes, method, path) !== undefined,
    async handle(request) {
      const path = request.url.split('?')[0] ?? ''
      const match = matchRoute(routes, request.method, path)
      if (!match) return jsonResponse(404, { message: 'Not Found' })
      const { routeKey, target, pathParameters } = match
      const about = { routeKey, functionName: target.definition.name }
      if (target.outage === 'unreachable') return undefined
      if (target.outage) return { ...jsonResponse(503, { message: 'Service Unavailable' }), ...about }
      if (request.body.length > MAX_REQUEST_BYTES) {
        return { ...jsonResponse(413, { message: 'Request Entity Too Large' }), ...about }
      }
      const gatewayRequestId = randomUUID()
      const event = toEvent(request, {
        routeKey,
        pathParameters,
        requestId: gatewayRequestId,
        receivedAt: Date.now(),
      })
      const { requestId, outcome } = await target.invoke(event)
      const response = toResponse(outcome)
      response.headers['apigw-requestid'] ??= gatewayRequestId
      return { ...response, ...about, requestId }
    },
  }
}
