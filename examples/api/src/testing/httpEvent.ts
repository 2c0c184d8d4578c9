import type { APIGatewayProxyEventV2 } from 'aws-lambda'

export interface HttpRequest {
  /** Route key of the HTTP API, for example `GET /api/orders/{id}`. */
  route: string
  path?: string
  parameters?: Record<string, string>
  headers?: Record<string, string>
  body?: string
}

/** What API Gateway sends for a request: HTTP API, payload format 2.0. */
export const httpEvent = ({
  route,
  path,
  parameters,
  headers,
  body,
}: HttpRequest): APIGatewayProxyEventV2 => {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const rawPath = path ?? pattern
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: '',
    headers: { host: 'shop.example.com', 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'a1b2c3d4e5',
      domainName: 'shop.example.com',
      domainPrefix: 'shop',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.10', userAgent: 'test' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: route,
      stage: '$default',
      time: '21/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_262_400_000,
    },
    ...(parameters && { pathParameters: parameters }),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  }
}
