import type { Writable } from 'node:stream'

declare const awslambda: {
  streamifyResponse<T extends object>(handler: T): T
  HttpResponseStream: { from(stream: Writable, metadata: object): Writable }
}

/** Streams a response with its own status; `?fail` breaks it off after the first byte. */
export const handler = awslambda.streamifyResponse(
  async (event: { queryStringParameters?: Record<string, string> }, stream: Writable) => {
    const response = awslambda.HttpResponseStream.from(stream, {
      statusCode: 201,
      headers: { 'content-type': 'text/html' },
      cookies: ['a=1', 'b=2'],
    })
    response.write('<p>one</p>')
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (event.queryStringParameters?.fail !== undefined) throw new Error('broke off')
    response.write('<p>two</p>')
    response.end()
  },
)
