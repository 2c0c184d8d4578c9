import { expect, it } from 'vitest'
import { validateEmf } from '../testing/index.ts'
import { boundLine } from './boundLine.ts'

const MAX = 20_000
const bound = (fields: object) => {
  const line = boundLine(`${JSON.stringify(fields)}\n`, MAX)
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX)
  expect(line.endsWith('\n')).toBe(true)
  return JSON.parse(line)
}
const many = (count: number, value: unknown, name: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value]))

const metrics = many(100, 1.5, 'M')
const dimensions = many(30, 'v'.repeat(100), 'D')
const document = (extra: object, last: object = {}) => ({
  _aws: {
    Timestamp: 5,
    CloudWatchMetrics: [
      {
        Namespace: 'N',
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  },
  level: 'ERROR',
  timestamp: '2026-01-01T00:00:00.000Z',
  requestId: 'r-1',
  ...extra,
  message: 'invocation failed',
  ...dimensions,
  ...metrics,
  ...last,
})

it('passes what fits as it is', () => {
  expect(boundLine('{"a":1}\n')).toBe('{"a":1}\n')
})

it.each([
  [
    'small context and a huge error',
    document(many(60, 'c', 'c'), { error: many(1_000, 'x'.repeat(500), 'e') }),
  ],
  ['deep lists', document({}, { error: many(50, many(50, many(50, 1, 'k'), 'l'), 'm') })],
  ['huge context', document(many(30, 'c'.repeat(15_000), 'c'))],
  ['countless keys', document(many(20_000, 'c', 'c'), many(20_000, 'p', 'p'))],
  ['a long text of two-byte letters', document({ body: 'é'.repeat(300_000) })],
])('a document with %s keeps its directive, metrics and dimensions whole', (_name, fields) => {
  const bounded = bound(fields)
  expect(validateEmf(bounded)).toEqual([])
  expect(bounded).toMatchObject({
    ...metrics,
    ...dimensions,
    _aws: fields._aws,
    level: 'ERROR',
    requestId: 'r-1',
  })
  expect(bounded.truncatedFromBytes).toBeGreaterThan(MAX)
})

it('sheds properties before context, and both before the error', () => {
  const error = { name: 'TypeError', message: 'no items' }
  const bounded = bound(
    document(many(200, 'c'.repeat(40), 'c'), { ...many(400, 'p'.repeat(40), 'p'), error }),
  )
  expect(bounded.error).toEqual(error)
  const keys = Object.keys(bounded)
  expect(keys.filter((key) => /^c\d/.test(key)).length).toBeGreaterThan(0)
  expect(keys.filter((key) => /^p\d/.test(key))).toEqual([])
})

it('a log line keeps its message and error when it has countless fields', () => {
  const fields = { level: 'ERROR', timestamp: 't', requestId: 'r-1', ...many(20_000, 'c', 'c') }
  const bounded = bound({ ...fields, error: { name: 'Error' }, message: 'order failed' })
  expect(bounded).toMatchObject({ level: 'ERROR', message: 'order failed', error: { name: 'Error' } })
})
