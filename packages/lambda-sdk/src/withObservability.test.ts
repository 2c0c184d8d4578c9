import { LogSerializer } from 'aws-embedded-metrics/lib/serializers/LogSerializer.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  addContext,
  type Handler,
  logger,
  metrics,
  ObserveConfigError,
  type ObserveOptions,
  withObservability,
} from './index.ts'
import { resetColdStart } from './invocation/coldStart.ts'
import { resetFailures } from './output/reportFailure.ts'
import { duplicateKeys } from './testing/duplicateKeys.ts'
import {
  type CapturedLines,
  captureLines,
  createContext,
  createHttpEvent,
  validateEmf,
} from './testing/index.ts'

/** Wraps a handler whose type does not matter here. */
const observe = (handler: Handler, options?: ObserveOptions) =>
  withObservability(handler, options) as AsyncHandler
type AsyncHandler = (...args: unknown[]) => Promise<unknown>

let captured: CapturedLines

beforeEach(() => {
  resetFailures()
  resetColdStart()
  captured = captureLines()
})
afterEach(() => {
  captured.restore()
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
})

const documents = () => captured.lines.filter((line) => '_aws' in line)
const only = <T>(items: T[]): T => {
  expect(items).toHaveLength(1)
  return items[0] as T
}
const sessionId = '0198f3c2-7c1e-7000-8000-000000000001'
const traceId = '0af7651916cd43dd8448eb211c80319c'
const httpEvent = () =>
  createHttpEvent({
    method: 'GET',
    path: '/orders/17',
    routeKey: 'GET /orders/{id}',
    headers: { 'x-observe-session-id': sessionId, traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  })

describe('the document of an invocation', () => {
  it('carries the metrics, the ids, the route and the status in one valid EMF line', async () => {
    const handler = observe(async () => ({ statusCode: 201 }), {
      service: 'orders',
      environment: 'prod',
      dimensions: { Tenant: 'Café' },
    })
    await handler(httpEvent(), createContext({ requestId: 'r-1' }))
    const document = only(documents())
    expect(validateEmf(document)).toEqual([])
    expect(document).toMatchObject({
      level: 'INFO',
      message: 'invocation',
      service: 'orders',
      requestId: 'r-1',
      sessionId,
      traceId,
      route: 'GET /orders/{id}',
      status: 201,
      FunctionName: 'local',
      Tenant: 'Cafe',
      Invocations: 1,
      ColdStart: 1,
      Errors: 0,
      Timeouts: 0,
      Duration: expect.any(Number),
      InitDuration: expect.any(Number),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      _aws: {
        CloudWatchMetrics: [{ Namespace: 'Observe/prod', Dimensions: [['FunctionName', 'Tenant']] }],
      },
    })
  })

  it('counts a cold start once and reports its duration only then', async () => {
    const handler = observe(async () => 'ok')
    await handler({}, createContext())
    await handler({}, createContext())
    expect(documents().map(({ ColdStart }) => ColdStart)).toEqual([1, 0])
    expect(documents()[1]).not.toHaveProperty('InitDuration')
  })

  it('counts no cold start where Lambda initialised ahead of the request', async () => {
    vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'provisioned-concurrency')
    await observe(async () => 'ok')({}, createContext())
    expect(only(documents())).toMatchObject({ ColdStart: 0 })
  })

  it('is written at the level the platform lets through, or its metrics would be lost', async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'WARN')
    await observe(async () => 'ok')({}, createContext())
    expect(only(documents())).toMatchObject({ level: 'WARN' })
  })

  it('carries the error of a failed invocation with its cause, masked', async () => {
    const handler = observe(async () => {
      throw new Error('no order for jane@example.com', { cause: new TypeError('gone') })
    })
    await expect(handler({}, createContext())).rejects.toThrow('jane@example.com')
    expect(only(documents())).toMatchObject({
      level: 'ERROR',
      Errors: 1,
      error: {
        name: 'Error',
        message: 'no order for [email]',
        cause: { name: 'TypeError', message: 'gone' },
      },
    })
  })

  it('keeps the metrics of a failed invocation, however much it has to say', async () => {
    const context = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, index]))
    const own = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`detail${index}`, 'x '.repeat(8_000)]),
    )
    const handler = observe(async () => {
      addContext(context)
      throw Object.assign(new Error('no'), own)
    })
    await expect(handler({}, createContext())).rejects.toThrow('no')
    expect(Buffer.byteLength(captured.raw[0] ?? '')).toBeLessThan(250_000)
    const document = only(documents())
    expect(validateEmf(document)).toEqual([])
    expect(document).toMatchObject({
      Invocations: 1,
      Errors: 1,
      FunctionName: 'local',
      error: { message: 'no' },
      field0: 0,
      field59: 59,
    })
  })

  it('is written although the metrics of the handler cannot be', async () => {
    const serialize = vi.spyOn(LogSerializer.prototype, 'serialize')
    const handler = observe(async () => {
      metrics.count('Orders')
      serialize.mockImplementation(() => {
        throw new Error('no document')
      })
      for (let index = 0; index < 101; index++) metrics.count(`Metric${index}`)
    })
    await handler({}, createContext())
    serialize.mockRestore()
    expect(only(documents())).toMatchObject({ Invocations: 1 })
    expect(captured.lines).toContainEqual(expect.objectContaining({ code: 'OBSERVE_EMIT_FAILED' }))
  })

  it('counts the records of a batch and the ones that failed', async () => {
    const handler = observe(async () => ({ batchItemFailures: [{ itemIdentifier: 'b' }] }))
    await handler({ Records: [{}, {}, {}] }, createContext())
    expect(validateEmf(only(documents()))).toEqual([])
    expect(only(documents())).toMatchObject({ RecordsProcessed: 3, BatchItemFailures: 1 })
  })
})

describe('the outcome of the handler', () => {
  it('is the same value, synchronously when the handler is synchronous', () => {
    const value = { statusCode: 200 }
    expect(observe(() => value)({}, createContext())).toBe(value)
    expect(documents()).toHaveLength(1)
  })

  it('is the same error, whatever was thrown', async () => {
    for (const thrown of [undefined, null, 0, 'text', Symbol('s'), { a: 1 }, new RangeError('r')]) {
      const rejecting = observe(async () => {
        throw thrown
      })
      const result = await rejecting({}, createContext()).then(
        () => 'resolved',
        (error: unknown) => ({ error }),
      )
      expect(result).toEqual({ error: thrown })
      const throwing = observe(() => {
        throw thrown
      })
      let caught: unknown = 'nothing'
      try {
        void throwing({}, createContext())
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(thrown)
    }
    expect(documents().every(({ Errors }) => Errors === 1)).toBe(true)
  })

  it('reaches the callback of the runtime, after the document was written', () => {
    type Callback = (error: unknown, value?: unknown) => void
    const handler = observe((_event: unknown, _context: unknown, callback: Callback) => {
      callback(null, 'done')
    })
    const answers: unknown[] = []
    void handler({}, createContext(), (...answer: unknown[]) => answers.push(...answer, documents().length))
    expect(answers).toEqual([null, 'done', 1])
  })

  it('becomes a promise where the runtime passes no callback', async () => {
    type Callback = (error: unknown, value?: unknown) => void
    const succeeding = observe((_event: unknown, _context: unknown, callback: Callback) => {
      setTimeout(callback, 1, null, 'done')
    })
    await expect(succeeding({}, createContext())).resolves.toBe('done')
    const failing = observe((_event: unknown, _context: unknown, callback: Callback) => {
      callback(new Error('no'))
    })
    await expect(failing({}, createContext())).rejects.toThrow('no')
    expect(documents().map(({ Errors }) => Errors)).toEqual([0, 1])
  })

  it('keeps `this`, the name and the marks of the handler, and names at most two parameters', () => {
    const mark = Symbol('mark')
    const original = Object.assign(
      function named(this: unknown, _event: unknown, _context: unknown, _callback: unknown) {
        return this
      },
      { [mark]: 1, extra: 2 },
    )
    const handler = withObservability(original)
    expect([handler[mark], handler.extra, handler.name, handler.length]).toEqual([1, 2, 'named', 2])
    const self = {}
    expect(
      observe(function (this: unknown) {
        return this
      }).call(self),
    ).toBe(self)
  })

  it('survives events and contexts that cannot be read', async () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const handler = observe(async () => 'ok')
    await expect(handler(hostile as never, hostile as never)).resolves.toBe('ok')
    await expect(handler(null as never, undefined as never)).resolves.toBe('ok')
    expect(captured.lines.filter(({ code }) => code !== undefined)).toHaveLength(1)
  })

  it('survives standard output being gone', async () => {
    captured.restore()
    const { redirectOutput } = await import('./output/output.ts')
    const restore = redirectOutput({
      write: () => {
        throw new Error('EPIPE')
      },
    })
    const handler = observe(async () => {
      logger.info('lost')
      metrics.count('Lost')
      return 'ok'
    })
    await expect(handler({}, createContext())).resolves.toBe('ok')
    restore()
  })
})

describe('a handler that names no callback, where the runtime passes one and waits for it', () => {
  type Callback = (error: unknown, value?: unknown) => void
  const pause = 20
  const failure = new RangeError('late')
  const nothingIsLeftToDo = () => process.emit('beforeExit', 0)

  beforeEach(() => vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001'))

  /** Calls as the runtime of Node 20 and 22 does, whose context answers, too. */
  const call = (handler: Handler) =>
    new Promise<unknown[]>((resolve) => {
      const callback: Callback = (...answer) => resolve(answer)
      const context = {
        ...createContext(),
        done: callback,
        succeed: (value: unknown) => callback(null, value),
        fail: (error: unknown) => callback(error),
      }
      void observe(handler)({}, context, callback)
    })

  const handlers: Record<string, (error: unknown, value?: unknown) => Handler> = {
    'rest parameters':
      (...answer) =>
      (...args) => {
        setTimeout(args[2] as Callback, pause, ...answer)
      },
    'its arguments': (...answer) =>
      function () {
        // biome-ignore lint/complexity/noArguments: what is tested
        return setTimeout(arguments[2] as Callback, pause, ...answer)
      },
    'a default for the callback':
      (...answer) =>
      (_event: unknown, _context: unknown, callback: Callback = () => {}) =>
        setTimeout(callback, pause, ...answer),
    'the context': (error, value) => (_event: unknown, context: ReturnType<typeof createContext>) => {
      setTimeout(() => (error ? context.fail(error as Error) : context.succeed(value)), pause)
    },
    'the context’s `done`':
      (...answer) =>
      (_event: unknown, context: { done: Callback }) => {
        setTimeout(() => context.done(...answer), pause)
      },
  }

  for (const [name, create] of Object.entries(handlers)) {
    it(`and uses ${name}: one document, once it has answered`, async () => {
      const value = { statusCode: 503 }
      const [error, answer] = await call(create(null, value))
      expect(error).toBeNull()
      expect(answer).toBe(value)
      expect(captured.lines).toHaveLength(1)
      expect(only(documents())).toMatchObject({ level: 'WARN', status: 503, Errors: 0, Invocations: 1 })
      expect(only(documents()).Duration).toBeGreaterThan(pause - 2)
    })

    it(`and uses ${name} for an error: one document that counts it`, async () => {
      expect((await call(create(failure)))[0]).toBe(failure)
      expect(captured.lines).toHaveLength(1)
      expect(only(documents())).toMatchObject({ level: 'ERROR', Errors: 1, error: { message: 'late' } })
      expect(only(documents()).Duration).toBeGreaterThan(pause - 2)
    })
  }

  it('is waited for before a timeout is told', async () => {
    const handler = observe(() => {}, { timeoutWarningMs: 20 })
    void handler({}, createContext({ timeoutMs: 40 }), () => {})
    await vi.waitFor(() => expect(only(documents())).toMatchObject({ Timeouts: 1 }))
    nothingIsLeftToDo()
    expect(documents()).toHaveLength(1)
  })

  it.each([
    ['none', () => 'ignored', 2],
    ['three', (_event: unknown, _context: unknown, _callback: unknown) => {}, 3],
  ])('and has done all it will without an answer, naming %s parameters', async (_name, handler) => {
    void observe(handler)({}, createContext(), () => {})
    expect(documents()).toEqual([])
    nothingIsLeftToDo()
    expect(only(documents())).toMatchObject({ Invocations: 1, Errors: 0, Timeouts: 0 })
    nothingIsLeftToDo()
    expect(documents()).toHaveLength(1)
  })

  it('and whose promise never settles: the runtime answers null', () => {
    void observe(() => new Promise(() => {}))({}, createContext(), () => {})
    nothingIsLeftToDo()
    expect(only(documents())).toMatchObject({ Invocations: 1, Errors: 0 })
  })

  it('and is an async function that never settles: the runtime fails it, if it can tell', () => {
    const handler = observe(async () => await new Promise(() => {}))
    expect(handler.constructor.name).toBe('AsyncFunction')
    void handler({}, createContext(), () => {})
    nothingIsLeftToDo()
    expect(only(documents())).toMatchObject({ Invocations: 1, Errors: 1 })
  })

  it('returns a plain result under a wrapper with a context of its own, which takes it for the answer', async () => {
    const context = createContext()
    // As Datadog's does on every release of Node: it is called once the runtime has taken its functions.
    Object.assign(context, { done: (_error: unknown, _result: unknown) => {} })
    await undefined
    expect(observe(() => ({ statusCode: 200 }))({}, context, () => {})).toEqual({ statusCode: 200 })
    expect(only(documents())).toMatchObject({ Invocations: 1, Errors: 0, Timeouts: 0 })
  })

  it('where none is passed, as on Node 24, the end of the process is the end of a promise that never settles', () => {
    void observe(() => new Promise(() => {}))({}, createContext())
    nothingIsLeftToDo()
    expect(documents()).toEqual([])
  })

  it('survives a context that cannot be changed', async () => {
    const answers: unknown[] = []
    const handler = observe((...args) => (args[2] as Callback)(null, 'done'))
    void handler({}, Object.freeze(createContext()), (...answer: unknown[]) => answers.push(...answer))
    expect(answers).toEqual([null, 'done'])
    expect(documents()).toHaveLength(1)
  })

  it('is closed when it returns on Node 24, where only another wrapper can have passed the callback', () => {
    const { done: _done, succeed: _succeed, fail: _fail, ...context } = createContext()
    expect(observe(() => 'done')({}, context, () => {})).toBe('done')
    expect(only(documents())).toMatchObject({ Invocations: 1 })
  })

  it('is closed by the promise that another wrapper made of its result', () => {
    const context = createContext()
    void observe(() => ({ statusCode: 200 }))({}, context, () => {})
    // What the runtime does once that promise is settled.
    context.succeed({ statusCode: 500 })
    expect(only(documents())).toMatchObject({ status: 500 })
  })

  it('is closed when it returns where nothing waits, as in a test', () => {
    vi.unstubAllEnvs()
    expect(observe(() => ({ statusCode: 200 }))({}, createContext(), () => {})).toEqual({ statusCode: 200 })
    expect(only(documents())).toMatchObject({ status: 200 })
  })
})

describe('a streaming handler', () => {
  it('is told by the runtime mark, keeps it, and has its first byte timed', async () => {
    const streaming = Symbol.for('aws.lambda.runtime.handler.streaming')
    const written: string[] = []
    const stream = { write: (chunk: string) => written.push(chunk), end: () => {} }
    const handler = observe(
      Object.assign(
        async (_event: unknown, response: typeof stream, _context: unknown) => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          response.write('a')
          response.write('b')
          response.end()
        },
        { [streaming]: 'response' },
      ),
    )
    expect(handler).toMatchObject({ [streaming]: 'response' })
    await handler({}, stream, createContext())
    expect(written).toEqual(['a', 'b'])
    const document = only(documents())
    expect(validateEmf(document)).toEqual([])
    expect(document.TimeToFirstByte).toBeGreaterThan(3)
  })
})

describe('the timeout warning', () => {
  it('writes the metrics before the deadline and does not end the run', async () => {
    const handler = observe(
      async () => {
        metrics.count('Half')
        await new Promise((resolve) => setTimeout(resolve, 120))
        metrics.count('Whole')
        return 'late'
      },
      { timeoutWarningMs: 60 },
    )
    const run = handler({}, createContext({ timeoutMs: 100 }))
    await vi.waitFor(() => expect(documents()).toHaveLength(2))
    expect(documents()[0]).toMatchObject({ level: 'WARN', Timeouts: 1, Invocations: 1 })
    expect(documents()[1]).toMatchObject({ Half: 1 })
    await expect(run).resolves.toBe('late')
    expect(captured.lines.slice(2)).toMatchObject([
      { message: 'invocation finished after its timeout warning' },
      { Whole: 1 },
    ])
    expect(captured.lines.flatMap(validateEmf).filter((problem) => !problem.startsWith('_aws must'))).toEqual(
      [],
    )
  })

  it('leaves no timer behind', async () => {
    vi.useFakeTimers()
    await observe(async () => 'ok')({}, createContext())
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})

describe('wrong options', () => {
  const tenants = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tenant${index}`, 'x']))

  it('are none with 29 dimensions, which CloudWatch takes beside the name of the function', async () => {
    await observe(async () => 1, { dimensions: tenants(29) })({}, createContext())
    expect(validateEmf(only(documents()))).toEqual([])
  })

  it.each([
    [{ servise: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'Did you mean "service"?'],
    [{ service: '' }, 'OBSERVE_INVALID_OPTION', '"service" must be a non-empty string'],
    [{ namespace: 'AWS/Lambda' }, 'OBSERVE_INVALID_OPTION', 'not beginning with "AWS/"'],
    [{ timeoutWarningMs: -1 }, 'OBSERVE_INVALID_OPTION', 'from 1 to 900000 or false'],
    [{ dimensions: { a: 1 } }, 'OBSERVE_INVALID_OPTION', 'values are strings'],
    [{ dimensions: { Duration: 'x' } }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ dimensions: { requestId: 'x' } }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ dimensions: { ' _aws ': 'x' } }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ dimensions: { route: 'x' } }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ dimensions: { '': 'x' } }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ dimensions: tenants(30) }, 'OBSERVE_INVALID_OPTION', 'at most 29'],
    [{ logs: { level: 'loud' } }, 'OBSERVE_INVALID_OPTION', 'one of "trace"'],
    [{ logs: { levle: 'info' } }, 'OBSERVE_UNKNOWN_OPTION', 'Did you mean "level"?'],
    [null, 'OBSERVE_INVALID_OPTION', 'options object'],
  ])('%j is refused with code %s', (options, code, message) => {
    const wrap = () => observe(async () => 1, options as never)
    expect(wrap).toThrow(ObserveConfigError)
    expect(wrap).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
  })

  it('is told when the handler is none', () => {
    expect(() => withObservability(undefined as never)).toThrow(
      expect.objectContaining({ code: 'OBSERVE_NOT_A_HANDLER' }),
    )
  })
})

describe('concurrent invocations', () => {
  it('never see each other', async () => {
    const handler = observe(async ({ id, waitMs }: { id: string; waitMs: number }) => {
      metrics.addProperty('owner', id)
      metrics.count('Work')
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      logger.info({ owner: id }, 'after')
      metrics.put('Wait', waitMs)
    })
    await Promise.all(
      [12, 3, 7].map((waitMs, index) =>
        handler({ id: `r-${index}`, waitMs }, createContext({ requestId: `r-${index}` })),
      ),
    )
    expect(captured.lines).toHaveLength(9)
    for (const line of captured.lines) expect(line.owner).toBe(line.requestId)
  })

  it('keeps late work with the invocation that started it', async () => {
    let late: Promise<void> | undefined
    const handler = observe(async () => {
      late = new Promise((resolve) => setTimeout(resolve, 5)).then(() => {
        logger.info('late')
        metrics.count('Late')
      })
    })
    await handler({}, createContext({ requestId: 'first' }))
    await observe(async () => late)({}, createContext({ requestId: 'second' }))
    expect(captured.lines.find(({ message }) => message === 'late')).toMatchObject({ requestId: 'first' })
    expect(documents().find((document) => 'Late' in document)).toMatchObject({ requestId: 'first' })
  })
})
