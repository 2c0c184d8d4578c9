import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Handler, logger, metrics, withObservability } from './index.ts'
import { redirectOutput } from './output/output.ts'
import { createContext } from './testing/index.ts'

const RUNS = 10_000

/** How a generated handler behaves. */
interface Plan {
  kind: 'async' | 'sync' | 'promise' | 'thenable' | 'callback' | 'callback then throw' | 'callback twice'
  fails: boolean
  value: unknown
  turns: number
  lateWork: boolean
  chatter: boolean
}

type Ending = { kind: 'value' | 'error' | 'thrown'; value: unknown } | { kind: 'calls'; calls: unknown[][] }

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
  kind: fc.constantFrom(
    'async',
    'sync',
    'promise',
    'thenable',
    'callback',
    'callback then throw',
    'callback twice',
  ),
  fails: fc.boolean(),
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
  fc.constant(createContext()),
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

/** The handler a plan describes. Bare and wrapped get one each. */
const create = (plan: Plan): Handler => {
  const { kind, fails, value, chatter } = plan
  switch (kind) {
    case 'async':
      return async () => settle(plan)
    case 'promise':
      return () => settle(plan)
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
      return (_event: unknown, _context: unknown, callback: (...answer: unknown[]) => void) => {
        if (chatter) talk()
        void turn(plan.turns).then(() => {
          if (fails) callback(value)
          else callback(null, value)
          if (kind === 'callback twice') callback(null, 'again')
        })
        if (kind === 'callback then throw' && fails) throw value
      }
  }
}

/** Runs a handler and tells everything a caller can see of its end. */
const observeEnding = async (handler: Handler, event: unknown, context: unknown): Promise<Ending[]> => {
  const calls: unknown[][] = []
  const endings: Ending[] = []
  let result: unknown
  try {
    result = handler(event, context, (...answer: unknown[]) => calls.push(answer))
  } catch (error) {
    endings.push({ kind: 'thrown', value: error })
  }
  try {
    endings.push({ kind: 'value', value: await result })
  } catch (error) {
    endings.push({ kind: 'error', value: error })
  }
  await turn(8)
  endings.push({ kind: 'calls', calls })
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

let lines = 0
let restore: () => void
beforeAll(() => {
  restore = redirectOutput({
    write: (text) => {
      for (const line of text.trimEnd().split('\n')) {
        JSON.parse(line)
        lines++
      }
    },
  })
})
afterAll(() => restore())

it(`${RUNS} generated handlers end exactly as they do bare`, async () => {
  await fc.assert(
    fc.asyncProperty(plans, events, contexts, async (plan, event, context) => {
      const bare = await observeEnding(create(plan), event, context)
      const wrapped = await observeEnding(
        withObservability(create(plan), { timeoutWarningMs: 100 }),
        event,
        context,
      )
      expect(wrapped.map(({ kind }) => kind)).toEqual(bare.map(({ kind }) => kind))
      wrapped.forEach((ending, index) => {
        const expected = bare[index] as Ending
        if (ending.kind === 'calls' && expected.kind === 'calls') {
          expect(ending.calls.length).toBe(expected.calls.length)
          ending.calls.forEach((call, position) => {
            const other = expected.calls[position] as unknown[]
            expect(call.length === other.length && call.every((item, at) => Object.is(item, other[at]))).toBe(
              true,
            )
          })
        } else if (ending.kind !== 'calls' && expected.kind !== 'calls') {
          expect(same(ending.value, expected.value)).toBe(true)
        }
      })
    }),
    { numRuns: RUNS },
  )
  expect(lines).toBeGreaterThan(RUNS / 2)
}, 120_000)
