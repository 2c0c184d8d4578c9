import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type LocalStack, startLocalStack } from '../index.ts'
import { testFunction } from '../testing/testFunction.ts'

let stack: LocalStack
beforeAll(async () => {
  stack = await startLocalStack({
    functions: [
      testFunction('echo', { environment: { STAGE: 'test' }, memoryMegabytes: 512 }),
      testFunction('misbehaving', { timeoutSeconds: 1, maxConcurrency: 2 }),
      testFunction('callback'),
      testFunction('streaming'),
      testFunction('brokenInit'),
      testFunction('printing'),
      testFunction('printing', {
        name: 'printing-text',
        routes: ['GET /api/printing-text'],
        environment: { AWS_LAMBDA_LOG_FORMAT: 'TEXT' },
      }),
      testFunction('printing', {
        name: 'printing-warnings',
        routes: ['GET /api/printing-warnings'],
        environment: { AWS_LAMBDA_LOG_LEVEL: 'WARN' },
      }),
    ],
  })
})
afterAll(() => stack.close())

const get = async (path: string) => {
  const response = await fetch(`${stack.shopUrl}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const misbehave = (how: string) => get(`/api/misbehaving?how=${how}`)
const lines = (where: string) =>
  stack.query<{ line: string; level: string; message: string }>(
    `SELECT * FROM log_events WHERE ${where} ORDER BY seq`,
  )

describe('the runtime', () => {
  it('gives the handler Lambda’s event, context and environment', async () => {
    const { text } = await get('/api/echo?q=1')
    const { event, context, environment } = JSON.parse(text) as {
      event: APIGatewayProxyEventV2
      context: Record<string, unknown>
      environment: Record<string, string>
    }
    expect(event).toMatchObject({ version: '2.0', routeKey: 'ANY /api/echo', rawQueryString: 'q=1' })
    expect(context).toMatchObject({
      functionName: 'echo',
      functionVersion: '$LATEST',
      memoryLimitInMB: '512',
      logGroupName: '/aws/lambda/echo',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(context.remainingMs).toBeGreaterThan(4_000)
    expect(context.remainingMs).toBeLessThanOrEqual(5_000)
    expect(environment).toMatchObject({
      STAGE: 'test',
      SHOP_ORIGINS: expect.stringContaining(stack.shopUrl),
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      _X_AMZN_TRACE_ID: expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ),
    })
    expect(Object.keys(environment)).not.toContain('HOME')
  })

  it('logs what the handler prints, with the request id, between the platform’s lines', async () => {
    await get('/api/echo')
    const [request] = await stack.query<{ request_id: string }>(
      `SELECT request_id FROM requests WHERE path = '/api/echo' ORDER BY seq DESC LIMIT 1`,
    )
    await vi.waitFor(async () => {
      const logged = await lines(`request_id = '${request?.request_id}'`)
      expect(logged.map(({ message }) => message)).toEqual([
        'platform.start',
        'echo called',
        'platform.report',
      ])
      expect(logged[1]?.level).toBe('INFO')
    })
  })

  it('serves callback handlers, and answers null for one that never calls back', async () => {
    expect((await get('/api/callback')).text).toBe('called back')
    expect((await get('/api/callback?mute')).text).toBe('null')
  })

  it('serves streaming handlers with their status, headers and cookies', async () => {
    const { status, headers, text } = await get('/api/streaming')
    expect(status).toBe(201)
    expect(headers.get('content-type')).toBe('text/html')
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(text).toBe('<p>one</p><p>two</p>')
  })

  it('fails a stream that broke off', async () => {
    expect((await get('/api/streaming?fail')).status).toBe(500)
  })
})

describe('console', () => {
  const printed = async (name: string, lineCount: number) => {
    await get(`/api/${name}`)
    return vi.waitFor(async () => {
      const found = await lines(`function_name = '${name}' AND source = 'stdout'`)
      expect(found).toHaveLength(lineCount)
      return found.map(({ line }) => line)
    })
  }

  it('writes Lambda’s JSON documents', async () => {
    const documents = (await printed('printing', 6)).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    )
    for (const document of documents) {
      expect(document).toMatchObject({ timestamp: expect.any(String), requestId: expect.any(String) })
    }
    expect(documents).toMatchObject([
      { level: 'DEBUG', message: 'quiet' },
      { level: 'INFO', message: 'two 2' },
      { level: 'INFO', message: { orders: 3 } },
      { level: 'WARN', message: { errorType: 'TypeError', errorMessage: 'alone' } },
      {
        level: 'ERROR',
        message: expect.stringContaining('failed'),
        errorType: 'TypeError',
        errorMessage: 'with words',
      },
      { level: 'INFO', message: expect.stringContaining('Circular') },
    ])
  })

  it('writes tab-separated text, a line break as a carriage return', async () => {
    const found = await printed('printing-text', 6)
    expect(found[1]).toMatch(/^\d{4}-[\dT:.-]+Z\t[0-9a-f-]{36}\tINFO\ttwo 2$/)
    expect(found[3]).toContain('\tWARN\tTypeError: alone\r    at ')
  })

  it('keeps to AWS_LAMBDA_LOG_LEVEL', async () => {
    const found = await printed('printing-warnings', 2)
    expect(found.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['WARN', 'ERROR'])
  })
})

describe('a handler that fails', () => {
  it.each(['throw', 'reject', 'circular', 'never', 'exit', 'stray'])(
    'by %s costs its own request only',
    async (how) => {
      expect(await misbehave(how)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' })
      expect((await misbehave('')).status).toBe(200)
    },
  )

  it.each(['hang', 'spin'])('by %s is stopped at its timeout and replaced', async (how) => {
    const before = JSON.parse((await misbehave('')).text) as { pid: number }
    const startedAt = performance.now()
    expect((await misbehave(how)).status).toBe(500)
    expect(performance.now() - startedAt).toBeGreaterThan(950)
    await vi.waitFor(async () =>
      expect((await lines(`line LIKE '%"status":"timeout"%'`)).length).toBeGreaterThan(0),
    )
    const after = JSON.parse((await misbehave('')).text) as { pid: number; calls: number }
    expect(after.pid).not.toBe(before.pid)
    expect(after.calls).toBe(1)
  })

  it('at init fails each request and says why in the log', async () => {
    expect((await get('/api/brokenInit')).status).toBe(500)
    expect((await get('/api/brokenInit')).status).toBe(500)
    await vi.waitFor(async () =>
      expect(await lines(`function_name = 'brokenInit' AND line LIKE '%no configuration%'`)).toHaveLength(2),
    )
  })
})

describe('concurrency', () => {
  it('gives each request a process of its own, up to the limit, and queues the rest', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => misbehave('slow')))
    const pids = answers.map(({ text }) => (JSON.parse(text) as { pid: number }).pid)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(new Set(pids).size).toBe(2)
  })
})

describe('an outage', () => {
  it('answers 503 without CORS headers, ends the processes, and ends', async () => {
    const pid = (JSON.parse((await misbehave('')).text) as { pid: number }).pid
    await stack.functions.misbehaving?.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    const down = await misbehave('')
    expect(down.status).toBe(503)
    expect(down.headers.get('access-control-allow-origin')).toBeNull()
    stack.functions.misbehaving?.start()
    expect((await misbehave('')).status).toBe(200)
  })

  it('can cut connections instead', async () => {
    await stack.functions.misbehaving?.stop('unreachable')
    await expect(misbehave('')).rejects.toThrow('fetch failed')
    stack.functions.misbehaving?.start()
  })
})

it('runs functions with another runtime client when it is given one', async () => {
  const bootstrap = fileURLToPath(new URL('../testing/plainBootstrap.mjs', import.meta.url))
  const other = await startLocalStack({ functions: [testFunction('echo')], bootstrap })
  const response = await fetch(`${other.shopUrl}/api/echo`)
  expect(await response.text()).toBe('another runtime at /api/echo')
  await other.close()
})

it('leaves no process behind when it is killed', async () => {
  const script = fileURLToPath(new URL('../testing/stackUntilKilled.ts', import.meta.url))
  // What a killed process cannot clear away goes where this test can.
  const temporary = await mkdtemp(join(tmpdir(), 'observe-killed-'))
  const parent = spawn(process.execPath, ['--conditions=@acme/source', '--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary },
  })
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(printed.toString())
  expect(process.kill(pid, 0)).toBe(true)
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 5_000 })
  await rm(temporary, { recursive: true })
})
