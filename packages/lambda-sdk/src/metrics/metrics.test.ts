import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addContext, type Handler, metrics, withObservability } from '../index.ts'
import { resetFailures } from '../output/reportFailure.ts'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import {
  type CapturedLines,
  captureLines,
  createContext,
  extractMetrics,
  validateEmf,
} from '../testing/index.ts'

let captured: CapturedLines

beforeEach(() => {
  resetFailures()
  captured = captureLines()
})
afterEach(() => {
  captured.restore()
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
})

const run = async (work: () => void) => {
  await withObservability<Handler>(async () => work(), { environment: 'test' })({}, createContext())
  for (const line of captured.lines) if ('_aws' in line) expect(validateEmf(line)).toEqual([])
  return captured.raw.flatMap(extractMetrics)
}
const problems = () => captured.lines.filter(({ code }) => code !== undefined)

it('sums counts, keeps the last of a gauge and every duration', async () => {
  const values = await run(() => {
    metrics.count('Orders')
    metrics.count('Orders', 2)
    metrics.gauge('Depth', 5)
    metrics.gauge('Depth', 3)
    metrics.duration('Payment', 10)
    metrics.duration('Payment', 20)
    metrics.put('Size', 7, { unit: 'Kilobytes', highResolution: true })
  })
  const of = (name: string) => values.filter((metric) => metric.name === name)
  expect(of('Orders')).toMatchObject([{ value: 3, unit: 'Count', namespace: 'Observe/test' }])
  expect(of('Depth')).toMatchObject([{ value: 3, unit: 'None' }])
  expect(of('Payment').map(({ value }) => value)).toEqual([10, 20])
  expect(of('Size')).toMatchObject([{ value: 7, unit: 'Kilobytes', dimensions: { FunctionName: 'local' } }])
  expect(captured.raw.join()).toContain('"StorageResolution":1')
})

it('keeps every one of 250 metrics and 250 values, split over valid documents', async () => {
  const values = await run(() => {
    for (let index = 0; index < 250; index++) {
      metrics.count(`Metric${index}`, index + 1)
      metrics.duration('Long', index)
    }
  })
  expect(new Set(values.filter(({ name }) => name.startsWith('Metric')).map(({ name }) => name)).size).toBe(
    250,
  )
  expect(
    values
      .filter(({ name }) => name === 'Long')
      .map(({ value }) => value)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 250 }, (_, index) => index))
})

it('keeps dimension sets apart and memory bounded', async () => {
  const values = await run(() => {
    for (let index = 0; index < 6_000; index++) metrics.put('Many', index, { dimensions: { Shop: 'a' } })
    metrics.put('Many', 1, { dimensions: { Shop: 'Zürich 東京' } })
  })
  const many = values.filter(({ name }) => name === 'Many')
  expect(many).toHaveLength(6_001)
  expect(new Set(many.map(({ dimensions }) => dimensions.Shop))).toEqual(new Set(['a', 'Zurich ??']))
})

it('makes bad names and values valid or drops them, and says so once', async () => {
  const values = await run(() => {
    for (let round = 0; round < 2; round++) {
      metrics.count('')
      metrics.count(undefined as never)
      metrics.count('Ünïcode')
      metrics.count('x'.repeat(2_000))
      metrics.put('NotANumber', Number.NaN)
      metrics.put('Text', '5' as never)
      metrics.put('Unit', 1, { unit: 'Parsecs' as never })
      metrics.count('Errors')
      metrics.count('level')
      metrics.count('FunctionName')
      metrics.count('_aws')
      metrics.count('__proto__')
      metrics.count('constructor')
    }
  })
  const names = values.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'Unicode',
      'x'.repeat(255),
      'Unit',
      'custom_Errors',
      'custom_level',
      'custom_FunctionName',
      'custom__aws',
      'custom___proto__',
      'constructor',
    ]),
  )
  expect(names).not.toContain('NotANumber')
  expect(values.find(({ name }) => name === 'Errors')?.value).toBe(0)
  expect(new Set(problems().map(({ message }) => message)).size).toBe(problems().length)
  expect(problems()).toHaveLength(12)
})

it.each([2 ** 361, -(2 ** 361), Number.MAX_VALUE])(
  'drops %d, which CloudWatch would refuse with the whole document',
  async (value) => {
    const values = await run(() => {
      metrics.put('Huge', value)
      metrics.put('Kept', 2 ** 360)
    })
    expect(values.map(({ name }) => name)).not.toContain('Huge')
    expect(values.find(({ name }) => name === 'Kept')?.value).toBe(2 ** 360)
    expect(problems()).toMatchObject([{ code: 'OBSERVE_METRIC_VALUE' }])
  },
)

it('a sum never leaves the range of CloudWatch: what would carry it out is dropped and told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 20 }), async (amounts) => {
      captured.raw.length = 0
      resetFailures()
      const values = await run(() => {
        for (const amount of [2 ** 360, ...amounts]) metrics.count('Sum', amount)
      })
      const sum = values.find(({ name }) => name === 'Sum')?.value
      expect(Math.abs(sum ?? Number.NaN)).toBeLessThanOrEqual(2 ** 360)
    }),
    { numRuns: 50 },
  )
})

it('a sum that would overflow keeps what it had', async () => {
  const values = await run(() => {
    metrics.count('Sum', 2 ** 360)
    metrics.count('Sum', 2 ** 360)
    metrics.count('Other')
  })
  expect(values.find(({ name }) => name === 'Sum')?.value).toBe(2 ** 360)
  expect(values.find(({ name }) => name === 'Other')?.value).toBe(1)
  expect(problems()).toMatchObject([{ code: 'OBSERVE_METRIC_VALUE' }])
})

it('drops dimensions beyond the thirtieth', async () => {
  const dimensions = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`D${index}`, index]))
  const values = await run(() => metrics.count('Wide', 1, { dimensions }))
  expect(Object.keys(values.find(({ name }) => name === 'Wide')?.dimensions ?? {})).toHaveLength(30)
})

it('sheds properties before metrics when a document would be too large', async () => {
  const values = await run(() => {
    metrics.addProperty(
      'big',
      Array.from({ length: 100 }, () => 'x'.repeat(4_000)),
    )
    metrics.count('Kept')
  })
  expect(values.map(({ name }) => name)).toEqual(expect.arrayContaining(['Invocations', 'Kept']))
  expect(captured.raw.every((line) => Buffer.byteLength(line) < 250_000)).toBe(true)
})

it('sheds context before metrics when a document would be too large', async () => {
  const values = await run(() => {
    addContext({ body: Array.from({ length: 30 }, () => 'x '.repeat(7_500)) })
    metrics.count('Kept')
    for (let index = 0; index < 250; index++) metrics.count(`Metric${index}`)
  })
  expect(values.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Invocations', 'Kept', 'Metric0', 'Metric249']),
  )
  expect(captured.raw.every((line) => Buffer.byteLength(line) <= 250_000)).toBe(true)
  expect(captured.lines.at(-1)).toMatchObject({ requestId: 'test-request' })
})

it('moves properties aside that would overwrite what the document says', async () => {
  await run(() => {
    metrics.addProperty('requestId', 'mine')
    metrics.addProperty('Errors', 'mine')
    metrics.addProperty('orderId', 'o-1')
  })
  expect(captured.lines.at(-1)).toMatchObject({
    requestId: 'test-request',
    Errors: 0,
    custom_requestId: 'mine',
    custom_Errors: 'mine',
    orderId: 'o-1',
  })
})

it('keeps the value of a metric or dimension where context or a property has its name, and that one beside it', async () => {
  const values = await run(() => {
    addContext({ tenant: 'context', Name: 'context', custom_Orders: 'context' })
    addContext({ custom_tenant: 'other' })
    metrics.addProperty('Orders', 'property')
    metrics.addProperty('Orders9', 'property')
    metrics.addProperty('Both', 'first')
    metrics.addProperty('custom_Both', 'second')
    metrics.count('Both', 1, { dimensions: { custom_Both: 'b' } })
    metrics.count('Orders', 2, { dimensions: { tenant: 't-1' } })
    // Split over several documents.
    for (let index = 0; index < 150; index++) metrics.count(`Orders${index}`)
  })
  expect(values.find(({ name }) => name === 'Orders')).toMatchObject({
    value: 2,
    dimensions: { tenant: 't-1' },
  })
  expect(values.filter(({ name }) => name.startsWith('Orders'))).toHaveLength(151)
  const [own, ...users] = captured.lines.filter((line) => '_aws' in line)
  expect(own).toMatchObject({ tenant: 'context', Orders: 'property' })
  expect(users.find(({ tenant }) => tenant === 't-1')).toMatchObject({
    Orders: 2,
    custom_tenant: 'other',
    custom_custom_tenant: 'context',
    custom_Orders: 'context',
    custom_custom_Orders: 'property',
    Name: 'context',
  })
  expect(users.find(({ Both }) => Both === 1)).toMatchObject({
    custom_Both: 'b',
    custom_custom_Both: 'first',
    custom_custom_custom_Both: 'second',
  })
  expect(users.find(({ Orders9 }) => Orders9 === 1)).toMatchObject({
    custom_Orders9: 'property',
    tenant: 'context',
  })
  expect(new Set(problems().map(({ code }) => code))).toEqual(new Set(['OBSERVE_NAME_TAKEN']))
  expect(problems().map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('"tenant"'), expect.stringContaining('"Orders9"')]),
  )
})

it('does so for a metric recorded after the handler is done', async () => {
  let late: Promise<void> | undefined
  await run(() => {
    addContext({ tenant: 'context' })
    late = new Promise<void>((resolve) => setTimeout(resolve, 1)).then(() =>
      metrics.count('Late', 1, { dimensions: { tenant: 't-1' } }),
    )
  })
  await late
  expect(captured.lines.find((line) => 'Late' in line)).toMatchObject({
    tenant: 't-1',
    custom_tenant: 'context',
  })
})

it('writes at once outside an invocation', () => {
  metrics.count('Booted')
  expect(captured.raw.flatMap(extractMetrics)).toMatchObject([{ name: 'Booted', value: 1 }])
})
