import { afterAll, beforeAll, expect, it } from 'vitest'
import { redirectOutput } from '../output/output.ts'
import { failureCount, resetFailures } from '../output/reportFailure.ts'
import { validateEmf } from '../testing/index.ts'
import { createCollector } from './index.ts'

const BODIES = 100_000
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121)
const STATUSES = new Set([202, 204, 400, 403, 405, 413, 415, 429])

/** mulberry32: the same seed gives the same bodies. */
const createRandom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const random = createRandom(SEED)
const below = (limit: number) => Math.floor(random() * limit)
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T
const chance = (share: number) => random() < share

const NAUGHTY = [
  '',
  ' ',
  '\u0000',
  '\u0000'.repeat(50),
  '\r\n',
  '\u2028\u2029',
  '\ufeff',
  '\ud800',
  '\udfff\ud83d',
  'ÅÍÎÏ˝ÓÔÒÚÆ☃',
  '田中さん',
  '👩‍👩‍👧‍👦',
  'Ṱ̺̺o͞',
  '\u202etxet',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '_aws',
  'NaN',
  'Infinity',
  '-0',
  '1e1000',
  '0x7f',
  'null',
  'undefined',
  'true',
  '<script>alert(1)</script>',
  `' OR 1=1 --`,
  '"},{"level":"FATAL',
  '\\',
  '\\"',
  '{"a":1}',
  '[]',
  '%s%s%n',
  '%00',
  '../../etc/passwd',
  '\u0024{jndi:ldap://x}',
  '{{7*7}}',
  '$(reboot)',
  'file:///x',
  'x'.repeat(500),
  'é'.repeat(500),
  'a.'.repeat(200),
  '@'.repeat(200),
  '1'.repeat(300),
  '1 '.repeat(300),
  'a@b.'.repeat(80),
  'https://x.example/?a=b#c',
  'data:text/html,x',
  '//',
  '/:id/%E0%A4%A/',
  '2026-01-01T00:00:00Z',
]
const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e21,
  -1e21,
  1e308,
  5e-324,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  8.64e15,
  8.64e15 + 1,
  1_795_295_316_348,
]
const junk = (depth = 0): unknown => {
  switch (below(depth > 3 ? 5 : 8)) {
    case 0:
      return pick(NAUGHTY)
    case 1:
      return pick(NUMBERS)
    case 2:
      return chance(0.5)
    case 3:
      return null
    case 4:
      return pick(NAUGHTY).repeat(below(10))
    case 5:
      return Array.from({ length: below(6) }, () => junk(depth + 1))
    default:
      return Object.fromEntries(Array.from({ length: below(6) }, () => [pick(NAUGHTY), junk(depth + 1)]))
  }
}

let ids = 0
const text = () =>
  chance(0.3)
    ? pick(NAUGHTY)
    : pick(['cart', 'total is undefined', '/orders/:id', 'Jane wrote jane@example.com'])
const properties = () =>
  Object.fromEntries(
    Array.from({ length: below(5) }, (_, index) => [
      `key${index}`,
      pick([text(), pick(NUMBERS), true, null]),
    ]),
  )
const optional = (name: string, value: () => unknown) => (chance(0.3) ? { [name]: value() } : {})

const validEvent = (): Record<string, unknown> => {
  const base = {
    id: `valid-${++ids}-`,
    at: pick(NUMBERS.filter((number) => number >= 0)),
    page: { path: text(), ...optional('route', text), ...optional('title', text) },
    ...optional('traceId', () => '0af7651916cd43dd8448eb211c80319c'),
  }
  switch (below(5)) {
    case 0: {
      const value = pick([0, 1, 0.25, 2_500.5, 1e9])
      return {
        ...base,
        type: 'web-vital',
        name: pick(['LCP', 'INP', 'CLS', 'FCP', 'TTFB', 'FID']),
        value,
        delta: chance(0.8) ? value : value / 2,
        rating: pick(['good', 'needs-improvement', 'poor']),
        metricId: 'v',
        navigationType: text(),
        ...optional('attribution', properties),
      }
    }
    case 1:
      return {
        ...base,
        type: 'error',
        source: pick(['window', 'rejection', 'react', 'console', 'resource', 'manual']),
        name: text(),
        message: text(),
        handled: chance(0.5),
        fingerprint: 'f',
        count: 1 + below(9),
        ...optional('stack', text),
        ...optional('componentStack', text),
        ...optional('properties', properties),
        ...optional('frames', () => [
          { file: text(), line: pick(NUMBERS), column: pick(NUMBERS), function: text() },
        ]),
        ...optional('causes', () => [{ name: text(), message: text() }]),
        ...optional('breadcrumbs', () => [{ at: 1, category: 'click', message: text() }]),
      }
    case 2:
      return {
        ...base,
        type: 'page-view',
        navigationType: pick(['load', 'push', 'replace', 'traverse', 'bfcache', 'prerender']),
        ...optional('referrer', text),
      }
    case 3:
      return {
        ...base,
        type: 'custom',
        name: `event ${text()}`.slice(0, 100),
        ...optional('properties', properties),
      }
    default:
      return {
        ...base,
        type: 'log',
        level: pick(['debug', 'info', 'warn', 'error']),
        message: text(),
        ...optional('properties', properties),
      }
  }
}

const validEnvelope = (events: unknown[]): Record<string, unknown> => ({
  schemaVersion: 1,
  batchId: `batch-${++ids}`,
  sentAt: 1,
  sdk: { name: text(), version: '1' },
  app: {
    name: pick(['shop', 'admin', 'ünïcode', `app ${below(1e6)}`]),
    environment: 'prod',
    ...optional('release', text),
  },
  session: { id: 's-1', startedAt: 1 },
  client: {
    language: text(),
    viewport: { width: 1, height: pick(NUMBERS) },
    deviceType: pick(['mobile', 'tablet', 'desktop']),
  },
  events,
  ...optional('dropped', () => ({ 'queue-full': below(3) })),
})

const mutate = (value: Record<string, unknown>): unknown => {
  const copy = structuredClone(value)
  for (let count = 1 + below(3); count > 0; count--) {
    let target = copy
    while (chance(0.6)) {
      const inner = pick(Object.values(target).filter((item) => typeof item === 'object' && item !== null))
      if (!inner) break
      target = inner as Record<string, unknown>
    }
    const keys = Object.keys(target)
    const key = keys.length > 0 && chance(0.8) ? pick(keys) : pick(NAUGHTY)
    if (chance(0.3)) delete target[key]
    else
      Object.defineProperty(target, key, {
        value: junk(),
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return copy
}

const bruise = (body: string): string => {
  const at = below(body.length + 1)
  switch (below(5)) {
    case 0:
      return body.slice(0, at)
    case 1:
      return body.slice(0, at) + pick(NAUGHTY) + body.slice(at)
    case 2:
      return body.slice(at)
    case 3:
      return body.slice(0, at) + String.fromCharCode(below(0xffff)) + body.slice(at + 1)
    default:
      return body + body
  }
}

interface Case {
  body: string
  expectValid: string[] | undefined
  base64: boolean
  spoilt: boolean
}

const strangeBody = (): string =>
  pick([
    () => JSON.stringify(junk()) ?? '',
    () => '['.repeat(below(30_000)),
    () => `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    () => `{"__proto__":{"polluted":true},"events":[]}`,
    () => `"${'x'.repeat(below(70_000))}"`,
    () => pick(NAUGHTY),
    () => JSON.stringify(validEnvelope(Array.from({ length: 150 }, () => ({ type: 'log' })))),
  ])()

const nextCase = (): Case => {
  const base64 = chance(0.2)
  const roll = random()
  if (roll < 0.45) {
    const events: unknown[] = []
    const expectValid: string[] = []
    for (let count = 1 + below(4); count > 0; count--) {
      if (chance(0.3))
        events.push(
          pick([
            junk(),
            { type: pick(['hologram', '__proto__', 'constructor']) },
            { ...validEvent(), type: 1 },
            null,
          ]),
        )
      const event = validEvent()
      expectValid.push(String(event.id))
      events.push(event)
    }
    return { body: JSON.stringify(validEnvelope(events)), expectValid, base64, spoilt: false }
  }
  if (roll < 0.75)
    return {
      body: JSON.stringify(mutate(validEnvelope([validEvent()]))),
      expectValid: undefined,
      base64,
      spoilt: chance(0.1),
    }
  if (roll < 0.9)
    return {
      body: bruise(JSON.stringify(validEnvelope([validEvent()]))),
      expectValid: undefined,
      base64,
      spoilt: chance(0.1),
    }
  return { body: strangeBody(), expectValid: undefined, base64, spoilt: chance(0.1) }
}

const requestOf = ({ body, base64, spoilt }: Case): unknown => {
  const event = {
    requestContext: { http: { method: 'POST' } },
    headers: { origin: 'https://shop.example.com', 'content-type': 'text/plain' } as Record<string, unknown>,
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  }
  if (!spoilt) return event
  return pick([
    { ...event, headers: junk() },
    { ...event, requestContext: junk() },
    { ...event, body: junk() },
    { ...event, isBase64Encoded: true },
    {
      ...event,
      body: Buffer.from(Array.from({ length: 200 }, () => below(256))).toString('base64'),
      isBase64Encoded: true,
    },
    { ...event, headers: { ...event.headers, origin: pick(NAUGHTY) } },
    { ...event, headers: { ...event.headers, 'content-type': pick(NAUGHTY) } },
    { ...event, requestContext: { http: { method: pick(NAUGHTY) } } },
    junk(),
  ])
}

let output = ''
let restore: () => void
beforeAll(() => {
  resetFailures()
  restore = redirectOutput({
    write: (lines) => {
      output += lines
    },
  })
})
afterAll(() => restore())

it(`${BODIES} bodies: no 5xx, no uncaught error, no lost valid event, no unbounded memory`, async () => {
  const handler = createCollector({ origins: ['https://shop.example.com'], environment: 'fuzz' })
  const seen: Record<number, number> = {}
  let valid = 0
  let heapAtHalf = 0
  for (let round = 0; round < BODIES; round++) {
    const candidate = nextCase()
    output = ''
    const response = await handler(requestOf(candidate))
    const context = () => `seed ${SEED}, round ${round}, body ${candidate.body.slice(0, 2_000)}`
    if (!STATUSES.has(response.statusCode)) throw new Error(`status ${response.statusCode}: ${context()}`)
    if (typeof response.headers['access-control-allow-origin'] !== 'string')
      throw new Error(`no CORS: ${context()}`)
    seen[response.statusCode] = (seen[response.statusCode] ?? 0) + 1
    const answer = response.body === '' ? undefined : JSON.parse(response.body)
    if (response.statusCode >= 400 && typeof answer.error.code !== 'string')
      throw new Error(`no code: ${context()}`)
    for (const line of output.split('\n')) {
      if (line === '') continue
      const record = JSON.parse(line)
      const problems = '_aws' in record ? validateEmf(record) : []
      if (problems.length > 0) throw new Error(`${problems.join()}: ${line} ${context()}`)
    }
    if (candidate.expectValid) {
      if (response.statusCode !== 202 || answer.accepted !== candidate.expectValid.length) {
        throw new Error(`${response.body}: ${context()}`)
      }
      for (const id of candidate.expectValid) {
        if (!output.includes(`"${id}"`)) throw new Error(`lost ${id}: ${context()}\n${output}`)
        valid++
      }
    }
    if (round === BODIES / 2) heapAtHalf = process.memoryUsage().heapUsed
  }
  expect(failureCount()).toBe(0)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(valid).toBeGreaterThan(BODIES / 2)
  expect(Object.keys(seen).map(Number)).toEqual(expect.arrayContaining([202, 400, 403, 405, 413, 415]))
  expect(process.memoryUsage().heapUsed - heapAtHalf).toBeLessThan(64 * 1024 * 1024)
}, 300_000)
