import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** A JSON answer. */
export const json = (
  statusCode: number,
  body: unknown,
  extraHeaders: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...headers, ...extraHeaders },
  body: JSON.stringify(body),
})

/** An answer that says what was wrong with the request. */
export const problem = (
  statusCode: number,
  code: string,
  message: string,
  issues?: readonly { path: string; message: string }[],
): APIGatewayProxyStructuredResultV2 =>
  json(statusCode, { error: { code, message, ...(issues && { issues }) } })

/** The request's body as JSON, or undefined when it is none. */
export const readJson = (event: APIGatewayProxyEventV2): unknown => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
