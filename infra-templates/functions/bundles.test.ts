import { readdirSync, statSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { infraRoot } from '../test/root.ts'
import { type StrictServer, startServer } from '../test/strictServer.ts'

const folder = `${infraRoot}build/functions`
const names = readdirSync(folder)

const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:observe/prod/origin-AbCdEf'

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
  let secrets: StrictServer
  const stages = new Map([['AWSCURRENT', 'the-secret']])
  beforeAll(async () => {
    secrets = await startServer(({ headers, body }) => {
      const { SecretId, VersionStage } = JSON.parse(body) as { SecretId: string; VersionStage: string }
      expect(headers['x-amz-target']).toBe('secretsmanager.GetSecretValue')
      expect(SecretId).toBe(SECRET_ARN)
      const SecretString = stages.get(VersionStage)
      return SecretString
        ? { status: 200, body: { SecretString } }
        : { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no such stage' } }
    })
    vi.stubEnv('OBSERVE_ALLOWED_ORIGINS', 'https://shop.example.com')
    vi.stubEnv('OBSERVE_ORIGIN_SECRET_ARN', SECRET_ARN)
    vi.stubEnv('OBSERVE_ENVIRONMENT', 'test')
    ;({ handler } = (await import(
      /* @vite-ignore */ `file://${folder}/collector/index.mjs?configured`
    )) as Bundle)
  })
  afterAll(() => secrets?.close())
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secrets.url)
    vi.stubEnv('AWS_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'x')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x')
  })
  const send = (headers: Record<string, string>) => {
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

  it('asks Secrets Manager once, not with each request', () => {
    // Both stages of the secret, with the first request.
    expect(secrets.requests).toHaveLength(2)
  })

  it('and only from the origins it was given', async () => {
    const answer = await send({ 'x-observe-origin': 'the-secret', origin: 'https://evil.example' })
    expect(answer).toMatchObject({ statusCode: 403, body: expect.stringContaining('origin_not_allowed') })
  })
})
