import { createContext, createHttpEvent } from '@acme/observe-lambda/testing'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** A handler of the shop. Wrapped ones get the context as Lambda passes it. */
type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

export interface ApiRequest {
  /** Route key of the HTTP API, for example `GET /api/orders/{id}`. */
  route: string
  parameters?: Record<string, string>
  headers?: Record<string, string>
  body?: string
  isBase64Encoded?: boolean
}

export interface ApiAnswer {
  status: number
  headers: APIGatewayProxyStructuredResultV2['headers']
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever JSON came back
  body: any
}

/** Asks a handler as API Gateway does (HTTP API, payload format 2.0). */
export const request = async (
  handler: Handler,
  { route, parameters = {}, ...rest }: ApiRequest,
): Promise<ApiAnswer> => {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replace(/{(\w+)}/g, (_, name: string) => parameters[name] ?? '')
  const event = {
    ...createHttpEvent({ method, path, routeKey: route, ...rest }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
  }
  const call = handler as (...passed: unknown[]) => ReturnType<Handler>
  const { statusCode = 200, headers, body } = await call(event, createContext())
  return { status: statusCode, headers, body: JSON.parse(body ?? 'null') }
}
