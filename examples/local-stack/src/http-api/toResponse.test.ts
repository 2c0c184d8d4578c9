import { describe, expect, it } from 'vitest'
import { toResponse } from './toResponse.ts'

const outcome = (result: unknown, contentType = 'application/json') => ({
  ok: true as const,
  payload: Buffer.from(JSON.stringify(result)),
  contentType,
})

describe('toResponse', () => {
  it('takes a structured result as the response', () => {
    const response = toResponse(
      outcome({
        statusCode: 201,
        headers: { 'X-One': 1, 'Content-Type': 'text/html' },
        cookies: ['a=1', 'b=2'],
        body: '<p>',
      }),
    )
    expect(response).toEqual({
      statusCode: 201,
      headers: { 'x-one': '1', 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] },
      body: Buffer.from('<p>'),
    })
  })

  it('decodes a base64 body', () => {
    const body = Buffer.from([1, 255]).toString('base64')
    expect(toResponse(outcome({ statusCode: 200, body, isBase64Encoded: true })).body).toEqual(
      Buffer.from([1, 255]),
    )
  })

  it.each([[{ orders: [] }], [[1, 2]], [null], [7]])('answers 200 with %j as JSON', (result) => {
    const response = toResponse(outcome(result))
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json')
    expect(JSON.parse(response.body.toString())).toEqual(result)
  })

  it('passes a bare string through', () => {
    expect(toResponse(outcome('hello')).body.toString()).toBe('hello')
  })

  it.each([
    [{ statusCode: 'teapot' }],
    [{ statusCode: 99 }],
    [{ statusCode: 200, body: { not: 'text' } }],
    [{ statusCode: 200, headers: { bad: { nested: 1 } } }],
    [{ statusCode: 200, headers: { split: 'a\r\nb: c' } }],
    [{ statusCode: 200, cookies: 'a=1' }],
  ])('answers 500 to the invalid result %j', (result) => {
    const response = toResponse(outcome(result))
    expect(response.statusCode).toBe(500)
    expect(response.body.toString()).toBe('{"message":"Internal Server Error"}')
  })

  it('tells a client nothing of a function error', () => {
    const error = { errorType: 'Error', errorMessage: 'secret' }
    expect(toResponse({ ok: false, error }).body.toString()).toBe('{"message":"Internal Server Error"}')
  })

  it('answers 503 when the function is throttled', () => {
    const error = { errorType: 'TooManyRequestsException', errorMessage: '' }
    expect(toResponse({ ok: false, error }).statusCode).toBe(503)
  })
})
