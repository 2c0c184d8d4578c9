import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { ACCOUNT_ID } from '../lambda/sandboxEnvironment.ts'

/** An HTTP request as it came from the wire. */
export interface HttpRequest {
  method: string
  /** Path and query as sent. */
  url: string
  /** Names and values in turn, as in Node's `rawHeaders`. */
  rawHeaders: readonly string[]
  body: Buffer
  httpVersion: string
  sourceIp: string
}

export interface EventContext {
  routeKey: string
  pathParameters: Record<string, string>
  requestId: string
  /** Epoch milliseconds. */
  receivedAt: number
}

/**
 * The event API Gateway's HTTP API sends for a request, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const toEvent = (request: HttpRequest, context: EventContext): APIGatewayProxyEventV2 => {
  const { routeKey, pathParameters, requestId, receivedAt } = context
  const headers = joinHeaders(request.rawHeaders)
  const cookies = headers.cookie?.split(/;\s*/).filter((cookie) => cookie !== '')
  delete headers.cookie
  const question = request.url.indexOf('?')
  const rawPath = question < 0 ? request.url : request.url.slice(0, question)
  const rawQueryString = question < 0 ? '' : request.url.slice(question + 1)
  const query = joinQuery(rawQueryString)
  const domainName = headers.host ?? 'localhost'
  const asText = isText(headers['content-type']) && !headers['content-encoding']
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies?.length && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(receivedAt),
      timeEpoch: receivedAt,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(request.body.length > 0 && { body: request.body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !asText,
  }
}

/** Names in lower case; a header sent twice is joined with a comma, cookies with their own separator. */
const joinHeaders = (raw: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = Object.create(null)
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase()
    const value = raw[index + 1] ?? ''
    const before = headers[name]
    headers[name] = before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ','}${value}`
  }
  return { ...headers }
}

const joinQuery = (rawQueryString: string): Record<string, string> | undefined => {
  if (rawQueryString === '') return undefined
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = query.get(name)
    query.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(query)
}

/** Media types API Gateway passes as text; everything else is base64. */
const isText = (contentType = ''): boolean =>
  /^(text\/|application\/(json|javascript|xml)\b)/i.test(contentType)

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `12/Mar/2026:19:03:58 +0000` */
const commonLogTime = (epochMs: number): string => {
  const date = new Date(epochMs)
  const day = String(date.getUTCDate()).padStart(2, '0')
  const clock = date.toISOString().slice(11, 19)
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`
}
