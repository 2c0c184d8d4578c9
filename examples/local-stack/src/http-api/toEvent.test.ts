import { describe, expect, it } from 'vitest'
import { type HttpRequest, toEvent } from './toEvent.ts'

const request = (overrides: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url: '/orders/42?a=1&b=2&a=x%20y&empty=',
  rawHeaders: [
    'Host',
    'id.execute-api.example',
    'X-Many',
    'one',
    'x-many',
    'two',
    'Cookie',
    'c=1; d=2',
    'cookie',
    'e=3',
    'User-Agent',
    'test/1',
    'Content-Type',
    'application/json',
  ],
  body: Buffer.from('{"é":1}'),
  httpVersion: '1.1',
  sourceIp: '192.0.2.1',
  ...overrides,
})
const context = {
  routeKey: 'POST /orders/{id}',
  pathParameters: { id: '42' },
  requestId: 'gateway-1',
  receivedAt: Date.UTC(2026, 2, 5, 19, 3, 58),
}

describe('toEvent', () => {
  it('has every documented field of payload format 2.0, and no other', () => {
    expect(toEvent(request(), context)).toEqual({
      version: '2.0',
      routeKey: 'POST /orders/{id}',
      rawPath: '/orders/42',
      rawQueryString: 'a=1&b=2&a=x%20y&empty=',
      cookies: ['c=1', 'd=2', 'e=3'],
      headers: {
        host: 'id.execute-api.example',
        'x-many': 'one,two',
        'user-agent': 'test/1',
        'content-type': 'application/json',
      },
      queryStringParameters: { a: '1,x y', b: '2', empty: '' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'id.execute-api.example',
        domainPrefix: 'id',
        http: {
          method: 'POST',
          path: '/orders/42',
          protocol: 'HTTP/1.1',
          sourceIp: '192.0.2.1',
          userAgent: 'test/1',
        },
        requestId: 'gateway-1',
        routeKey: 'POST /orders/{id}',
        stage: '$default',
        time: '05/Mar/2026:19:03:58 +0000',
        timeEpoch: 1772737438000,
      },
      pathParameters: { id: '42' },
      body: '{"é":1}',
      isBase64Encoded: false,
    })
  })

  it('leaves out what the request has not got', () => {
    const event = toEvent(
      request({ method: 'GET', url: '/', rawHeaders: ['Host', 'h'], body: Buffer.alloc(0) }),
      { ...context, pathParameters: {} },
    )
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(absent)
    }
    expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false })
  })

  it.each([
    ['text/plain;charset=UTF-8', false],
    ['application/json; charset=utf-8', false],
    ['application/xml', false],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
  ])('passes a body of %s as base64: %s', (contentType, isBase64Encoded) => {
    const body = Buffer.from([0xff, 0x00, 0x41])
    const event = toEvent(request({ rawHeaders: ['Content-Type', contentType], body }), context)
    expect(event.isBase64Encoded).toBe(isBase64Encoded)
    if (isBase64Encoded) expect(event.body).toBe(body.toString('base64'))
  })

  it('passes a compressed body as base64 whatever its type', () => {
    const rawHeaders = ['Content-Type', 'application/json', 'Content-Encoding', 'gzip']
    expect(toEvent(request({ rawHeaders }), context).isBase64Encoded).toBe(true)
  })

  it('takes a header named __proto__ as any other', () => {
    const event = toEvent(request({ rawHeaders: ['__proto__', 'x', 'Host', 'h'] }), context)
    expect(Object.keys(event.headers)).toContain('host')
    expect(Object.getPrototypeOf(event.headers)).toBe(Object.prototype)
  })
})
