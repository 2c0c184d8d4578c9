import { readdirSync, statSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { infraRoot } from '../test/root.ts'

const folder = `${infraRoot}build/functions`
const names = readdirSync(folder)

interface Bundle {
  handler: (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>
}

describe.each(names)('the packaged %s', (name) => {
  beforeEach(() => {
    vi.stubEnv('OBSERVE_ALLOWED_ORIGINS', 'https://shop.example.com')
  })

  it('loads as Lambda loads it and has a handler that nodejs24 takes', async () => {
    const { handler } = (await import(/* @vite-ignore */ `file://${folder}/${name}/index.mjs`)) as Bundle
    expect(handler).toBeTypeOf('function')
    expect(handler.length).toBeLessThanOrEqual(2)
  })

  it('is small enough to start fast', () => {
    expect(statSync(`${folder}/${name}/index.mjs`).size).toBeLessThan(400_000)
  })
})

describe('the packaged collector', () => {
  let handler: Bundle['handler']
  beforeAll(async () => {
    vi.stubEnv('OBSERVE_ALLOWED_ORIGINS', 'https://shop.example.com')
    vi.stubEnv('OBSERVE_ORIGIN_SECRET', 'the-secret')
    vi.stubEnv('OBSERVE_ENVIRONMENT', 'test')
    ;({ handler } = (await import(
      /* @vite-ignore */ `file://${folder}/collector/index.mjs?configured`
    )) as Bundle)
  })
  const send = (headers: Record<string, string>) => {
    vi.stubEnv('OBSERVE_ORIGIN_SECRET', 'the-secret')
    return handler(
      {
        version: '2.0',
        rawPath: '/v1/events',
        headers: { 'content-type': 'text/plain', origin: 'https://shop.example.com', ...headers },
        requestContext: { http: { method: 'POST', path: '/v1/events' }, requestId: 'r' },
        body: '{"schemaVersion":99}',
        isBase64Encoded: false,
      },
      { awsRequestId: 'r', functionName: 'collector', getRemainingTimeInMillis: () => 3_000 },
    )
  }

  it('answers only what came through CloudFront', async () => {
    expect(await send({})).toMatchObject({ statusCode: 403, body: expect.stringContaining('origin_secret') })
    expect(await send({ 'x-observe-origin': 'the-secreT' })).toMatchObject({ statusCode: 403 })
    expect(await send({ 'x-observe-origin': 'the-secret' })).toMatchObject({ statusCode: 400 })
  })

  it('and only from the origins it was given', async () => {
    const answer = await send({ 'x-observe-origin': 'the-secret', origin: 'https://evil.example' })
    expect(answer).toMatchObject({ statusCode: 403, body: expect.stringContaining('origin_not_allowed') })
  })
})
