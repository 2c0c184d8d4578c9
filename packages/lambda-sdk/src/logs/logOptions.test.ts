// biome-ignore-all lint/suspicious/noConsole: the console is what is bridged
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Handler, LogOptions } from '../index.ts'

/** The package with its logger as a new process has it. */
const load = async () => {
  vi.resetModules()
  const sdk = await import('../index.ts')
  const testing = await import('../testing/index.ts')
  return { ...sdk, ...testing }
}
type Sdk = Awaited<ReturnType<typeof load>>

let sdk: Sdk
let captured: ReturnType<Sdk['captureLines']>

beforeEach(async () => {
  sdk = await load()
  captured = sdk.captureLines()
})
const events = ['exit', 'beforeExit'] as const
const before = new Set(events.flatMap((event) => process.listeners(event as 'exit')))
afterEach(() => {
  captured.restore()
  // Every copy of the package that was loaded watches the end of the process.
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before.has(listener)) process.off(event, listener)
    }
  }
})

const run = async (work: () => unknown, logs: LogOptions, requestId = 'r-1') => {
  const handler: Handler = sdk.withObservability(async () => work(), { logs })
  return handler({}, sdk.createContext({ requestId }))
}
const messages = () => captured.lines.map(({ message }) => message)

describe('level', () => {
  it('comes from the option, and LOG_LEVEL and AWS_LAMBDA_LOG_LEVEL win over it', async () => {
    await run(() => sdk.logger.debug('seen'), { level: 'debug' })
    expect(messages()).toEqual(['seen', 'invocation'])
    vi.stubEnv('LOG_LEVEL', 'debug')
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'WARN')
    sdk = await load()
    const second = sdk.captureLines()
    await run(() => [sdk.logger.info('dropped by the platform'), sdk.logger.warn('kept')], { level: 'debug' })
    expect(second.lines.map(({ message }) => message)).toEqual(['kept', 'invocation'])
    second.restore()
  })

  it('may differ between handlers of one process', async () => {
    const chatty: Handler = sdk.withObservability(async () => sdk.logger.debug('chatty'), {
      logs: { level: 'debug' },
    })
    const quiet: Handler = sdk.withObservability(async () => sdk.logger.info('quiet'), {
      logs: { level: 'warn' },
    })
    await quiet({}, sdk.createContext())
    await chatty({}, sdk.createContext())
    expect(messages()).toEqual(['invocation', 'chatty', 'invocation'])
  })
})

describe('sampleDebugRate', () => {
  it('draws whole invocations', async () => {
    const random = vi.spyOn(Math, 'random')
    const work = () => [sdk.logger.debug('one'), sdk.logger.debug('two')]
    random.mockReturnValue(0.05)
    await run(work, { sampleDebugRate: 0.1 })
    expect(messages()).toEqual(['one', 'two', 'invocation'])
    random.mockReturnValue(0.5)
    await run(work, { sampleDebugRate: 0.1 })
    expect(messages()).toEqual(['one', 'two', 'invocation', 'invocation'])
  })
})

describe('bufferUntilError', () => {
  const logs = { bufferUntilError: true }

  it('forgets debug lines of an invocation that went well', async () => {
    await run(() => [sdk.logger.debug('detail'), sdk.logger.info('news')], logs)
    expect(messages()).toEqual(['news', 'invocation'])
  })

  it('writes them before the error that asks for them', async () => {
    await run(() => [sdk.logger.debug('detail'), sdk.logger.error('broken'), sdk.logger.debug('after')], logs)
    expect(messages()).toEqual(['detail', 'broken', 'invocation'])
  })

  it('does not fail the handler when standard output is broken', async () => {
    const { redirectOutput } = await import('../output/output.ts')
    const work = () => {
      sdk.logger.debug('detail')
      const repair = redirectOutput({
        write: () => {
          throw Object.assign(new Error('broken pipe'), { code: 'EPIPE' })
        },
      })
      try {
        sdk.logger.error('broken')
      } finally {
        repair()
      }
      return 'answered'
    }
    await expect(run(work, logs)).resolves.toBe('answered')
  })

  it('writes them when the handler fails', async () => {
    const failing = () => {
      sdk.logger.child({ part: 'stock' }).debug('detail')
      throw new Error('no')
    }
    await expect(run(failing, logs)).rejects.toThrow('no')
    expect(captured.lines).toMatchObject([
      { level: 'DEBUG', message: 'detail', part: 'stock' },
      { level: 'ERROR' },
    ])
  })

  it('writes them when the deadline is near', async () => {
    const handler: Handler = sdk.withObservability(
      async () => {
        sdk.logger.debug('detail')
        await new Promise((resolve) => setTimeout(resolve, 60))
      },
      { logs, timeoutWarningMs: 40 },
    )
    await handler({}, sdk.createContext({ timeoutMs: 60 }))
    expect(messages().slice(0, 2)).toEqual(['detail', 'invocation is about to time out'])
  })

  it('never mixes invocations, and bounds what it keeps', async () => {
    const work = async (id: string) => {
      for (let index = 0; index < 2_000; index++) sdk.logger.debug({ owner: id, index }, 'x'.repeat(50))
      await new Promise((resolve) => setTimeout(resolve, 2))
      if (id === 'bad') sdk.logger.error({ owner: id }, 'broken')
    }
    await Promise.all(['good', 'bad', 'fine'].map((id) => run(() => work(id), logs, id)))
    const lines = captured.lines.filter(({ message }) => message !== 'invocation')
    expect(new Set(lines.map(({ requestId }) => requestId))).toEqual(new Set(['bad']))
    expect(lines[0]?.message).toMatch(/^\d+ older lines were not kept$/)
    expect(lines.at(-2)).toMatchObject({ index: 1_999 })
    expect(lines.length).toBeLessThan(600)
  })

  it('bounds the line that tells how many are missing, as it does all others', async () => {
    await run(() => {
      for (let index = 0; index < 2_000; index++) sdk.logger.debug({ index }, 'x'.repeat(50))
      sdk.addContext({ body: Array.from({ length: 30 }, () => 'x '.repeat(7_500)) })
      sdk.logger.error('broken')
    }, logs)
    expect(captured.lines[0]).toMatchObject({
      level: 'WARN',
      requestId: 'r-1',
      message: expect.stringMatching(/^\d+ older lines were not kept$/),
    })
    for (const line of captured.raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(250_000)
  })
})

describe('console', () => {
  it('becomes structured lines with nothing of their content lost', async () => {
    const { bridgeConsole } = await import('./bridgeConsole.ts')
    const restore = bridgeConsole(sdk.logger)
    await run(() => {
      console.log('order %s of %d', 'o-1', 3, { extra: true })
      console.info({ orderId: 17 })
      console.warn('mail to jane@example.com')
      console.error('failed:', new RangeError('too far'))
      console.error(new TypeError('broken'))
      console.log('100%', 'done')
      console.log()
    }, {})
    restore()
    expect(captured.lines.slice(0, 7)).toMatchObject([
      { level: 'INFO', requestId: 'r-1', message: 'order o-1 of 3 { extra: true }' },
      { level: 'INFO', orderId: 17 },
      { level: 'WARN', message: 'mail to [email]' },
      {
        level: 'ERROR',
        message: 'failed: RangeError: too far',
        error: { name: 'RangeError', stack: expect.any(String) },
      },
      { level: 'ERROR', message: 'broken', error: { name: 'TypeError' } },
      { level: 'INFO', message: '100% done' },
      { level: 'INFO', message: '' },
    ])
  })

  it('lets the metric documents of other libraries pass as they are', async () => {
    const { bridgeConsole } = await import('./bridgeConsole.ts')
    const restore = bridgeConsole(sdk.logger)
    const document = JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [] }, Orders: 1 })
    const like = ['{"_aws":', '{"note":"_aws"}', '["_aws"]', '{"_aws":1}']
    console.log(document)
    for (const text of like) console.log(text)
    restore()
    expect(captured.raw[0]).toBe(document)
    expect(captured.lines.slice(1).map(({ message }) => message)).toEqual(like)
  })

  it('throws no more than the logger does', async () => {
    const { bridgeConsole } = await import('./bridgeConsole.ts')
    const restore = bridgeConsole(sdk.logger)
    const fail = () => {
      throw new Error('hostile')
    }
    expect(() => console.log(new Proxy({}, { getPrototypeOf: fail }))).not.toThrow()
    expect(() => console.log('%s', { toString: fail })).not.toThrow()
    restore()
    expect(captured.lines).toMatchObject([{ code: 'OBSERVE_LOG_FAILED' }])
  })

  it('is bridged by the option', async () => {
    const original = console.log
    await run(() => console.log('old line'), { console: true })
    expect(captured.lines[0]).toMatchObject({ message: 'old line', requestId: 'r-1' })
    const { bridgeConsole } = await import('./bridgeConsole.ts')
    bridgeConsole(sdk.logger)()
    expect(console.log).toBe(original)
  })
})
