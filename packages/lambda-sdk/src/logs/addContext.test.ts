import { afterEach, beforeEach, expect, it } from 'vitest'
import { addContext, type Handler, logger, metrics, withObservability } from '../index.ts'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import { type CapturedLines, captureLines, createContext, createHttpEvent } from '../testing/index.ts'

let captured: CapturedLines

beforeEach(() => {
  captured = captureLines()
})
afterEach(() => captured.restore())

/** What a document has besides what was added to it. */
const OWN = [
  ...['level', 'timestamp', 'message', 'service', 'requestId', 'Invocations', 'Duration', 'InitDuration'],
  ...['RecordsProcessed', 'FunctionName', 'Tier', 'status', 'route', 'error', 'telemetryFailures'],
  ...['recordId', 'durationMs', 'truncatedFromBytes', '_aws', '__proto__'],
]
const mine = Object.fromEntries(OWN.map((key) => [key, 'mine']))

const run = async (work: () => unknown) => {
  const handler: Handler = withObservability(async () => work(), { dimensions: { Tier: 'gold' } })
  await Promise.resolve(handler(createHttpEvent(), createContext())).catch(() => undefined)
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
  return captured.lines.find((line) => 'Invocations' in line) ?? {}
}

it('moves aside what a document says itself', async () => {
  const document = await run(() => {
    addContext(mine)
    logger.info('news')
    metrics.count('Orders')
    return { statusCode: 200 }
  })
  expect(document).toMatchObject({ Tier: 'gold', status: 200, Invocations: 1, level: 'INFO' })
  for (const line of captured.lines) {
    for (const key of OWN) expect(line).toHaveProperty([`custom_${key}`], 'mine')
  }
})

it('does so for properties', async () => {
  const document = await run(() => {
    for (const key of OWN) metrics.addProperty(key, 'mine')
    metrics.count('Orders')
    throw new Error('broken')
  })
  expect(document).toMatchObject({ Errors: 1, error: { message: 'broken' } })
  for (const key of OWN) {
    expect(document).toHaveProperty([`custom_${key}`], 'mine')
  }
})

it('keeps context and properties of one name apart, and each replaces its own', async () => {
  const document = await run(() => {
    addContext({ plan: 'a', status: 'a' })
    metrics.addProperty('plan', 'b')
    metrics.addProperty('status', 'b')
    metrics.addProperty('shop', 'b')
    addContext({ shop: 'a', plan: 'c' })
    metrics.addProperty('shop', 'd')
  })
  expect(document).toMatchObject({
    plan: 'c',
    custom_plan: 'b',
    custom_status: 'a',
    custom_custom_status: 'b',
    shop: 'd',
    custom_shop: 'a',
  })
})

it('moves a reserved field aside also when it cannot be read', () => {
  const fail = () => {
    throw new Error('no')
  }
  const fields = Object.defineProperties(
    {},
    {
      level: { enumerable: true, get: fail },
      requestId: { enumerable: true, get: fail },
    },
  )
  logger.info(fields, 'news')
  expect(duplicateKeys(captured.raw[0] ?? '')).toEqual([])
  expect(captured.lines).toMatchObject([{ level: 'INFO', custom_level: '[unreadable]' }])
})
