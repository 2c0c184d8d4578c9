import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import { createPino } from './createPino.ts'
import type { Logger } from './loggerTypes.ts'

// Both write the same time.
beforeAll(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterAll(() => vi.useRealTimers())

const fields = (given: object) => ({ ...given, seen: true })
const message = (given: unknown) => (typeof given === 'string' ? `<${given}>` : given)
const timestamp = () => `,"timestamp":"${new Date().toISOString()}"`
const once = (line: string) =>
  duplicateKeys(line).length > 0 ? `${JSON.stringify(JSON.parse(line))}\n` : line

/** The same calls to pino itself, with the options that stand for ours, and to the logger made of its parts. */
const linesOf = (calls: (logger: Logger) => void) => {
  const [theirs, ours]: string[][] = [[], []]
  const original = pino(
    {
      base: null,
      level: 'debug',
      messageKey: 'message',
      errorKey: 'error',
      timestamp,
      formatters: { level: (label) => ({ level: label.toUpperCase() }), log: fields },
      serializers: { err: (value: unknown) => value, message },
    },
    { write: (line: string) => theirs?.push(line) },
  )
  // pino's formatter for bindings does not reach children of children.
  const { child } = original
  original.child = function (this: typeof original, given: object) {
    return Reflect.apply(child, this, [fields(given)])
  } as unknown as typeof child
  calls(original as unknown as Logger)
  calls(
    createPino({
      level: 'debug',
      fields,
      message,
      scope: () => ({ linePrefix: '', context: undefined }),
      hooks: {},
      write: (line) => ours?.push(line),
    }),
  )
  return { theirs, ours }
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** Errors have a stack that differs from call to call; pino and this package write what `fields` makes of them. */
const field = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.constant(new Error('e')),
  fc.constant(() => 1),
)
const given = fc.dictionary(
  fc.oneof(fc.constantFrom('message', 'error', 'err', 'level', 'a"b'), fc.string()),
  field,
  { maxKeys: 4 },
)
/** `logFields` moves these aside; pino leaves the level of a child out and takes its message for one of a line. */
const bindings = given.map(({ level, message, ...others }) => others)
const text = fc.oneof(fc.string(), fc.constantFrom('%s and %d', '%o', '%j%%', '100 %'))

it('writes what pino writes, whatever it is called with, but no key twice', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LEVELS),
      fc.array(bindings, { maxLength: 2 }),
      fc.oneof(
        fc.tuple(given),
        fc.tuple(given, text),
        fc.tuple(given, text, field),
        fc.tuple(text),
        fc.tuple(text, field, field),
        fc.tuple(fc.constantFrom(null, undefined), text),
        fc.tuple(fc.constant(new Error('alone'))),
        fc.tuple(fc.constant(new Error('with')), text),
        fc.tuple(fc.constant(null)),
        fc.tuple(),
      ),
      (level, parents, args) => {
        const { theirs, ours } = linesOf((logger) => {
          const log = parents.reduce<Logger>((parent, bindings) => parent.child(bindings), logger)
          ;(log[level] as (...args: unknown[]) => void)(...args)
        })
        expect(ours?.map(once)).toEqual(theirs?.map(once))
        // `logFields` moves these two aside.
        for (const line of ours ?? [])
          expect(['level', 'message']).toEqual(expect.arrayContaining(duplicateKeys(line)))
      },
    ),
    { numRuns: 1_000 },
  )
})

it('keeps levels as pino does, for children apart', () => {
  const { theirs, ours } = linesOf((logger) => {
    const child = logger.child({ c: 1 })
    child.level = 'error'
    for (const log of [logger, child]) for (const level of LEVELS) log[level](log.level)
    logger.level = 'silent'
    for (const log of [logger, child]) for (const level of LEVELS) log[level](log.level)
    for (const level of LEVELS) child.error(String([logger, child].map((log) => log.isLevelEnabled(level))))
  })
  expect(ours).toEqual(theirs?.map(once))
  expect(ours).toHaveLength(5 + 2 + 2 + 6)
})

it('refuses a level that does not exist', () => {
  expect(() => linesOf((logger) => Object.assign(logger, { level: 'loud' }))).toThrow('unknown level loud')
})
