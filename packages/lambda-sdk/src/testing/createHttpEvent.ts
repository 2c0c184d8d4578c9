import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** What a test may want to set of an HTTP API request. */
export interface HttpEventOptions {
  /** Default: `GET`. */
  method?: string
  /** Default: `/`. */
  path?: string
  /** `GET /orders/{id}`. Default: `$default`. */
  routeKey?: string
  /** Lower-case names, as HTTP APIs send them. */
  headers?: Record<string, string>
  query?: Record<string, string>
  body?: string
  isBase64Encoded?: boolean
}

/** An API Gateway HTTP API event, payload version 2.0. */
export const createHttpEvent = ({
  method = 'GET',
  path = '/',
  routeKey = '$default',
  headers = {},
  query,
  body,
  isBase64Encoded = false,
}: HttpEventOptions = {}): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey,
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers: { host: 'api.example.com', ...headers },
  ...(query && { queryStringParameters: query }),
  requestContext: {
    accountId: '123456789012',
    apiId: 'api-id',
    domainName: 'api-id.execute-api.eu-west-1.amazonaws.com',
    domainPrefix: 'api-id',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey,
    stage: '$default',
    time: '01/Jan/2026:00:00:00 +0000',
    timeEpoch: 1_767_225_600_000,
  },
  ...(body !== undefined && { body }),
  isBase64Encoded,
})
