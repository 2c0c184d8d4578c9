import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addContext, type Handler, logger, withObservability, withRecord } from '../index.ts'
import { resetFailures } from '../output/reportFailure.ts'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import { type CapturedLines, captureLines, createContext, createHttpEvent } from '../testing/index.ts'

let captured: CapturedLines

beforeEach(() => {
  captured = captureLines()
})
afterEach(() => {
  logger.level = 'info'
  captured.restore()
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
})

const only = () => {
  expect(captured.lines).toHaveLength(1)
  return captured.lines[0] as Record<string, unknown>
}

it('writes level, timestamp, service, fields and message, outside an invocation too', () => {
  logger.info({ orderId: 17 }, 'order %s placed', 'o-17')
  expect(captured.raw[0]).toMatch(
    /^\{"level":"INFO","timestamp":"[\d-]{10}T[\d:.]{12}Z","service":"local","orderId":17,"message":"order o-17 placed"\}$/,
  )
})

it('adds the ids of the invocation, also to children made before it', async () => {
  const child = logger.child({ component: 'payment' })
  const event = createHttpEvent({
    headers: {
      'x-observe-session-id': 's-1',
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    },
  })
  await withObservability<Handler>(async () => child.warn('careful'))(
    event,
    createContext({ requestId: 'r-9' }),
  )
  expect(captured.lines[0]).toMatchObject({
    level: 'WARN',
    requestId: 'r-9',
    sessionId: 's-1',
    traceId: '5759e988bd862e3fe1be46a994272793',
    xrayTraceId: '1-5759e988-bd862e3fe1be46a994272793',
    component: 'payment',
    message: 'careful',
  })
})

it('masks personal data in messages, fields, children and errors', () => {
  logger
    .child({ owner: 'jane@example.com' })
    .info({ note: 'call jane@example.com', deep: { list: ['jane@example.com'] } }, 'mail to jane@example.com')
  logger.error(new Error('jane@example.com is unknown'))
  expect(captured.raw.join('\n')).not.toContain('jane@')
  expect(captured.raw.join('\n')).toContain('mail to [email]')
})

it('writes errors with cause chain, aggregated errors and own properties', () => {
  const error = Object.assign(new Error('outer', { cause: new RangeError('inner', { cause: 'text' }) }), {
    code: 'E_OUTER',
    attempts: 3,
  })
  logger.error({ err: error, also: new AggregateError([new TypeError('one'), 'two'], 'many') }, 'failed')
  expect(only()).toMatchObject({
    message: 'failed',
    error: {
      name: 'Error',
      message: 'outer',
      code: 'E_OUTER',
      attempts: 3,
      stack: expect.stringContaining('Error: outer'),
      cause: { name: 'RangeError', message: 'inner', cause: { name: 'string', message: 'text' } },
    },
    also: {
      name: 'AggregateError',
      errors: [
        { name: 'TypeError', message: 'one' },
        { name: 'string', message: 'two' },
      ],
    },
  })
})

it('takes the message of an error logged alone', () => {
  logger.error(new TypeError('broken'))
  expect(only()).toMatchObject({ message: 'broken', error: { name: 'TypeError' } })
})

it('cannot be made to break its own fields, or to pose as a metric document', () => {
  logger.info(
    { level: 'mine', timestamp: 'mine', requestId: 'mine', _aws: { CloudWatchMetrics: [] } },
    'text',
  )
  expect(only()).toMatchObject({
    level: 'INFO',
    custom_level: 'mine',
    custom_requestId: 'mine',
    message: 'text',
  })
  expect(only()).not.toHaveProperty('_aws')
})

it('writes a field once that context, record, child and call all have: of them the most specific', async () => {
  const outer = logger.child({ plan: 'child', shop: 'child', step: 'child' })
  const inner = outer.child({ step: 'grandchild', error: new Error('child') })
  await withObservability<Handler>(async () => {
    addContext({ plan: 'context', recordId: 'context', 'a"b': 1, 7: 'context' })
    withRecord({ eventSource: 'aws:sqs', messageId: 'm-1', body: '{}' }, () => {
      logger.info('record')
      logger.info({ recordId: 'call', plan: 'call' }, 'call')
      outer.info('child')
      inner.info({ shop: 'call', 'a"b': 2, 7: 'call', plan: undefined, err: new Error('call') }, 'grandchild')
    })
  })({}, createContext())
  expect(captured.lines.slice(0, 4)).toMatchObject([
    { message: 'record', plan: 'context', recordId: 'm-1', custom_recordId: 'context' },
    { message: 'call', plan: 'call', recordId: 'call', level: 'INFO', requestId: 'test-request' },
    { message: 'child', plan: 'child', shop: 'child', step: 'child', recordId: 'm-1' },
    {
      message: 'grandchild',
      ...{ plan: 'child', shop: 'call', step: 'grandchild', 'a"b': 2, 7: 'call', error: { message: 'call' } },
    },
  ])
})

it('survives what cannot be serialized', () => {
  const circular: Record<string, unknown> = { big: 10n, when: new Date(0), map: new Map([[1, 2]]) }
  circular.self = circular
  const hostile = {
    get trap() {
      throw new Error('no')
    },
  }
  logger.info(circular, 'circular')
  logger.info(hostile, 'hostile')
  logger.info({ nested: hostile }, 'nested')
  logger.info(undefined as never)
  logger.info(null, 'null')
  expect(captured.lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['circular', 'hostile', 'nested', 'null']),
  )
})

it('keeps a line that is too long valid and below the limit', () => {
  logger.info(
    { rows: Array.from({ length: 50_000 }, (_, index) => `row ${index} ${'ü'.repeat(20)}`) },
    'huge',
  )
  logger.info('x'.repeat(2_000_000))
  for (const line of captured.raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(250_000)
  expect(captured.lines[0]).toMatchObject({ level: 'INFO', message: 'huge' })
})

it('writes nothing below its level', () => {
  logger.debug('no')
  logger.level = 'debug'
  logger.debug('yes')
  expect(only()).toMatchObject({ level: 'DEBUG', message: 'yes' })
  expect(logger.isLevelEnabled('trace')).toBe(false)
})

it('a field that cannot be read costs the line, not the call', () => {
  const hostile = {
    get error(): never {
      throw new Error('unreadable')
    },
  }
  expect(() => logger.info(hostile)).not.toThrow()
  expect(only()).toMatchObject({ level: 'WARN', code: 'OBSERVE_LOG_FAILED', reason: 'Error: unreadable' })
})

it('masks a message that is no text, wherever it comes from', () => {
  const secret = { password: 'hunter2', email: 'jane@example.com', plan: 'pro' }
  logger.info({ a: 1 }, secret as never)
  logger.info(null, secret as never)
  logger.info({ error: { message: secret } })
  logger.info({ a: 1 }, secret as never, secret)
  logger.info('who %o, then %j', secret, [secret])
  logger.info({ a: 1 }, new Error('jane@example.com') as never)
  expect(captured.raw.join('\n')).not.toMatch(/hunter2|jane/)
  for (const line of captured.raw.slice(0, 5)) expect(line).toContain('pro')
  expect(captured.lines[0]).toMatchObject({ message: { email: '[email]', plan: 'pro' } })
  expect(captured.lines[5]).toMatchObject({ message: { name: 'Error', message: '[email]' } })
})

it('writes messages that JSON does not know', () => {
  for (const message of [12n, Symbol('sign'), 4111111111111111n, true, 3]) logger.info(message as never)
  expect(captured.lines.map(({ message }) => message)).toEqual(['12', 'Symbol(sign)', '[card]', true, 3])
})

it('masks and bounds name and code of an error, and keeps what a validator calls errors', () => {
  const error = Object.assign(new Error('invalid'), {
    name: 'jane@example.com',
    code: 'Bearer abcdefgh12345678',
    errors: { field: 'must not be jane@example.com' },
  })
  logger.error(error)
  logger.error(Object.assign(new Error('long'), { name: 'N'.repeat(5_000), code: 'C'.repeat(5_000) }))
  expect(captured.raw.join('\n')).not.toMatch(/jane|abcdefgh/)
  expect(captured.lines).toMatchObject([
    { error: { name: '[email]', errors: { field: 'must not be [email]' } } },
    { error: { name: 'N'.repeat(200), code: 'C'.repeat(200) } },
  ])
})

describe('a call that cannot succeed', () => {
  const fail = (): never => {
    throw new Error('hostile')
  }
  const throwing = new Proxy({}, { get: fail, ownKeys: fail, getPrototypeOf: fail })
  const calls: Record<string, () => void> = {
    'a placeholder for what is no number': () => logger.info('x %d', Symbol('s')),
    'a text that cannot be made': () => logger.info('%s', { toString: fail }),
    'fields that cannot be read': () => logger.info(throwing),
  }
  for (const [name, call] of Object.entries(calls)) {
    it(`costs the line and is told: ${name}`, () => {
      resetFailures()
      expect(call).not.toThrow()
      expect(only()).toMatchObject({ level: 'WARN', code: 'OBSERVE_LOG_FAILED' })
    })
  }

  it('gives a child whose lines are written, whatever its fields are', () => {
    resetFailures()
    const trap = Object.defineProperty({ kept: 1 }, 'trap', { enumerable: true, get: fail })
    for (const fields of [{ hasOwnProperty: 1 }, trap, throwing, undefined, null]) {
      logger.child(fields as never).info('still')
    }
    const lines = captured.lines.filter(({ message }) => message === 'still')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toHaveProperty('hasOwnProperty', 1)
    expect(lines[1]).toMatchObject({ kept: 1, trap: '[unreadable]' })
  })

  it('keeps the level of a child apart, also when its fields were lost', () => {
    logger.child(throwing).level = 'silent'
    expect(logger.level).toBe('info')
  })
})
