import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Handler, logger, metrics, withObservability } from './index.ts'
import { redirectOutput } from './output/output.ts'
import { failureCount } from './output/reportFailure.ts'
import { createContext } from './testing/index.ts'

const RUNS = 10_000

/** How a generated handler behaves. */
const KINDS = [
  ...(['async', 'sync', 'promise', 'thenable', 'method', 'bound class', 'streaming', 'late stream'] as const),
  ...(['callback', 'callback then throw', 'callback twice', 'rest callback', 'arguments callback'] as const),
] as const

interface Plan {
  kind: (typeof KINDS)[number]
  fails: boolean
  /** As in the runtime of Node 20 and 22, which waits for a callback that nobody named. */
  inLambda: boolean
  value: unknown
  turns: number
  lateWork: boolean
  chatter: boolean
}

type Ending =
  | { kind: 'value' | 'error' | 'thrown'; value: unknown }
  | { kind: 'calls' | 'stream'; calls: unknown[][] }

class OwnError extends Error {
  override name = 'OwnError'
}

const frozen = Object.freeze({ statusCode: 200 })
/** Throws when anything is read of it; the test's own report may look at symbols and print it. */
const sprung = new Error('sprung')
const trap = new Proxy(
  {},
  {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'toString' || key === 'constructor') return undefined
      throw sprung
    },
  },
)
const odd: fc.Arbitrary<unknown> = fc.constantFrom(
  undefined,
  null,
  Number.NaN,
  -0,
  Symbol.iterator,
  10n,
  frozen,
  () => 1,
  new Error('plain', { cause: new TypeError('cause') }),
  new OwnError('own'),
  new AggregateError([1, new Error('x')], 'many'),
  Object.create(null),
  trap,
  {
    get statusCode() {
      throw new Error('getter')
    },
  },
  { batchItemFailures: 'not a list' },
  { statusCode: '200' },
  { statusCode: Number.POSITIVE_INFINITY },
)
const values = fc.oneof(
  odd,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
)

const plans: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom(...KINDS),
  fails: fc.boolean(),
  inLambda: fc.boolean(),
  value: values,
  turns: fc.nat(4),
  lateWork: fc.boolean(),
  chatter: fc.boolean(),
})
const events = fc.oneof(
  values,
  fc.record({ Records: values }),
  fc.record({
    headers: fc.dictionary(fc.string(), values),
    requestContext: fc.record({ http: values, elb: values, requestId: values }),
  }),
  fc.record({ 'detail-type': values, detail: values, info: values, Execution: values }),
)
const contexts = fc.oneof(
  fc.constant(null).map(() => createContext()),
  values,
  fc.record({
    awsRequestId: values,
    getRemainingTimeInMillis: fc.constantFrom(
      () => 3_000,
      () => Number.NaN,
      () => 'soon',
      5,
    ),
    xRayTraceId: values,
  }),
)

const talk = () => {
  logger.info({ a: 1 }, 'chatter')
  metrics.count('Chatter')
  metrics.addProperty('chatter', { deep: [1] })
}

const turn = async (turns: number) => {
  for (let index = 0; index < turns; index++) await null
}

const settle = async ({ fails, value, turns, chatter, lateWork }: Plan) => {
  if (chatter) talk()
  await turn(turns)
  if (lateWork) void turn(20).then(talk)
  if (fails) throw value
  return value
}

type Callback = (...answer: unknown[]) => void

const callBack = ({ kind, fails, value, turns, chatter }: Plan, callback: Callback) => {
  if (chatter) talk()
  void turn(turns).then(() => {
    if (fails) callback(value)
    else callback(null, value)
    if (kind === 'callback twice') callback(null, 'again')
  })
}

class Service {
  readonly #plan: Plan
  constructor(plan: Plan) {
    this.#plan = plan
  }
  handle() {
    return settle(this.#plan)
  }
}

/** What a streaming handler writes to, as far as the wrapper knows it. */
const createStream = () => {
  const calls: unknown[][] = []
  const stream = {
    write(this: unknown, ...args: unknown[]) {
      calls.push(['write', this === stream, ...args])
      return calls.length % 2 === 0
    },
    end(this: unknown, ...args: unknown[]) {
      calls.push(['end', this === stream, ...args])
      return stream
    },
  }
  return { stream, calls }
}

const STREAMING = { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' }
const isStreaming = ({ kind }: Plan) => kind === 'streaming' || kind === 'late stream'

const streamed =
  (plan: Plan): Handler =>
  async (_event: unknown, stream: ReturnType<typeof createStream>['stream']) => {
    if (plan.chatter) talk()
    await turn(plan.turns)
    const taken = [stream.write('a'), stream.write(plan.value)]
    if (plan.fails) throw plan.value
    return [...taken, stream.end('b') === stream].join()
  }

/** The handler a plan describes. Bare and wrapped get one each. */
const create = (plan: Plan): Handler => {
  const { kind, fails, value, chatter } = plan
  const service = new Service(plan)
  switch (kind) {
    case 'async':
      return async () => settle(plan)
    case 'promise':
      return () => settle(plan)
    case 'method':
      return service.handle.bind(service)
    case 'bound class':
      return Service.prototype.handle.bind(service)
    case 'streaming':
      return Object.assign(streamed(plan), STREAMING)
    case 'late stream':
      return streamed(plan)
    case 'rest callback':
      return (...args: unknown[]) => callBack(plan, args[2] as Callback)
    case 'arguments callback':
      return function () {
        // biome-ignore lint/complexity/noArguments: what is tested
        callBack(plan, arguments[2])
        return plan.value
      }
    case 'thenable':
      return () => ({
        // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
        then: (resolve: (value: unknown) => void, reject: (error: unknown) => void) =>
          fails ? reject(value) : resolve({ wrapped: value }),
      })
    case 'sync':
      return () => {
        if (chatter) talk()
        if (fails) throw value
        return typeof (value as { then?: unknown } | null)?.then === 'function' ? undefined : value
      }
    default:
      return (_event: unknown, _context: unknown, callback: Callback) => {
        callBack(plan, callback)
        if (kind === 'callback then throw' && fails) throw value
      }
  }
}

/** Runs a handler and tells everything a caller can see of its end. */
const observeEnding = async (
  plan: Plan,
  handler: Handler,
  event: unknown,
  context: unknown,
): Promise<Ending[]> => {
  const response = createStream()
  const calls: unknown[][] = []
  const endings: Ending[] = []
  let result: unknown
  try {
    result = isStreaming(plan)
      ? handler(event, response.stream, context)
      : handler(event, context, (...answer: unknown[]) => calls.push(answer))
  } catch (error) {
    endings.push({ kind: 'thrown', value: error })
  }
  try {
    endings.push({ kind: 'value', value: await result })
  } catch (error) {
    endings.push({ kind: 'error', value: error })
  }
  await turn(8)
  endings.push({ kind: 'calls', calls }, { kind: 'stream', calls: response.calls })
  return endings
}

const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  const [left, right] = [a, b] as [{ wrapped?: unknown } | null, { wrapped?: unknown } | null]
  return (
    typeof left === 'object' &&
    left !== null &&
    typeof right === 'object' &&
    right !== null &&
    Object.hasOwn(left, 'wrapped') &&
    Object.is(left.wrapped, right.wrapped)
  )
}

let documents = 0
let restore: () => void
beforeAll(() => {
  restore = redirectOutput({
    write: (text) => {
      for (const line of text.trimEnd().split('\n')) {
        if ('Invocations' in JSON.parse(line)) documents++
      }
    },
  })
})
afterAll(() => restore())

it(`${RUNS} generated handlers end exactly as they do bare`, async () => {
  await fc.assert(
    fc.asyncProperty(plans, events, contexts, async (plan, event, context) => {
      const bare = await observeEnding(plan, create(plan), event, context)
      vi.stubEnv('AWS_LAMBDA_RUNTIME_API', plan.inLambda ? '127.0.0.1:9001' : undefined)
      const [documentsBefore, failuresBefore] = [documents, failureCount()]
      const handler = withObservability(create(plan), { timeoutWarningMs: 100 })
      const wrapped = await observeEnding(plan, handler, event, context)
      process.emit('beforeExit', 0)
      // What cannot be read cannot be observed, and that is told.
      if (documents !== documentsBefore + 1) {
        expect(documents).toBe(documentsBefore)
        expect(failureCount()).toBeGreaterThan(failuresBefore)
      }
      expect(wrapped.map(({ kind }) => kind)).toEqual(bare.map(({ kind }) => kind))
      wrapped.forEach((ending, index) => {
        const expected = bare[index] as Ending
        if ('calls' in ending && 'calls' in expected) {
          expect(ending.calls.length).toBe(expected.calls.length)
          ending.calls.forEach((call, position) => {
            const other = expected.calls[position] as unknown[]
            expect(call.length === other.length && call.every((item, at) => Object.is(item, other[at]))).toBe(
              true,
            )
          })
        } else if ('value' in ending && 'value' in expected) {
          expect(same(ending.value, expected.value)).toBe(true)
        }
      })
    }),
    { numRuns: RUNS },
  )
  expect(documents).toBeGreaterThan(RUNS / 2)
}, 120_000)
