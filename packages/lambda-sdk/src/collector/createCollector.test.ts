import type { Envelope, ObserveEvent } from '@acme/observe-schema/types'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { redirectOutput } from '../output/output.ts'
import { resetFailures } from '../output/reportFailure.ts'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import {
  type CapturedLines,
  captureLines,
  createContext,
  createHttpEvent,
  extractMetrics,
  validateEmf,
} from '../testing/index.ts'
import { type CollectorOptions, createCollector } from './index.ts'

const ORIGIN = 'https://shop.example.com'
const page = { path: '/products/:id', route: '/products/:id' }
let captured: CapturedLines
let batches = 0

beforeEach(() => {
  resetFailures()
  captured = captureLines()
})
afterEach(() => {
  for (const line of captured.lines) if ('_aws' in line) expect(validateEmf(line)).toEqual([])
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
  captured.restore()
})

const vital = (changes: object = {}): ObserveEvent =>
  ({
    id: 'e-1',
    at: 1_795_295_316_348,
    page,
    type: 'web-vital',
    name: 'LCP',
    value: 2_000,
    delta: 2_000,
    rating: 'good',
    metricId: 'v-1',
    navigationType: 'navigate',
    ...changes,
  }) as ObserveEvent
const error = (changes: object = {}): ObserveEvent =>
  ({
    id: 'e-2',
    at: 1_795_295_316_348,
    page,
    type: 'error',
    source: 'window',
    name: 'TypeError',
    message: 'x is undefined',
    stack: 'TypeError: x is undefined\n    at app.js:1:1',
    handled: false,
    fingerprint: 'f-1',
    count: 3,
    ...changes,
  }) as ObserveEvent
const envelope = (events: unknown[], changes: object = {}): Envelope =>
  ({
    schemaVersion: 1,
    batchId: `batch-${++batches}`,
    sentAt: 1,
    sdk: { name: 'observe-browser', version: '1' },
    app: { name: 'shop', release: '1.4.2', environment: 'production' },
    session: { id: 's-1', startedAt: 1 },
    client: { language: 'de', viewport: { width: 390, height: 844 }, deviceType: 'mobile' },
    events,
    ...changes,
  }) as Envelope

const collector = (options: Partial<CollectorOptions> = {}) => {
  const handler = createCollector({ origins: [ORIGIN], environment: 'prod', ...options })
  return async (
    body: unknown,
    request: {
      method?: string
      headers?: Record<string, string>
      query?: Record<string, string>
      base64?: boolean
    } = {},
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await handler(
      createHttpEvent({
        method: request.method ?? 'POST',
        path: '/v1/events',
        headers: { origin: ORIGIN, 'content-type': 'text/plain;charset=UTF-8', ...request.headers },
        ...(request.query && { query: request.query }),
        body: request.base64 ? Buffer.from(text).toString('base64') : text,
        isBase64Encoded: request.base64 === true,
      }),
      createContext({ requestId: 'r-1' }),
    )
    expect(response.headers['access-control-allow-origin']).toBe(request.headers?.origin ?? ORIGIN)
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body && JSON.parse(response.body),
    }
  }
}

describe('a good batch', () => {
  it('keeps a vital that CloudWatch would refuse out of the metric, not out of the line', async () => {
    await collector()(
      envelope([vital({ value: 1e300, delta: 1e300 }), vital({ id: 'e-3', metricId: 'v-2' })]),
    )
    expect(captured.lines[0]).toMatchObject({
      LCP: 2_000,
      eventIds: { LCP: 'e-3' },
      updates: [{ eventId: 'e-1', value: 1e300 }],
    })
  })

  it('masks the name of the app, which is a dimension', async () => {
    await collector()(
      envelope([vital()], { app: { name: 'jane@example.com', release: '1', environment: 'prod' } }),
    )
    expect(captured.lines[0]).toMatchObject({ app: '[email]' })
    expect(captured.raw.join()).not.toContain('jane')
  })

  it('becomes one document of vitals per page with values as arrays', async () => {
    const send = collector()
    const answer = await send(
      envelope([
        vital(),
        vital({ id: 'e-3', value: 2_500, delta: 2_500 }),
        vital({ id: 'e-4', name: 'CLS', value: 0.05, delta: 0.05, metricId: 'v-2' }),
        vital({ id: 'e-5', name: 'CLS', value: 0.2, delta: 0.15, metricId: 'v-2' }),
        vital({ id: 'e-6', page: { path: '/cart' } }),
      ]),
    )
    expect(answer).toMatchObject({ status: 202, body: { accepted: 5, rejected: [] } })
    expect(captured.lines).toMatchObject([
      {
        level: 'INFO',
        source: 'browser',
        eventType: 'web-vital',
        app: 'shop',
        release: '1.4.2',
        sessionId: 's-1',
        deviceType: 'mobile',
        pagePath: '/products/:id',
        route: '/products/:id',
        requestId: 'r-1',
        LCP: [2_000, 2_500],
        CLS: 0.05,
        eventIds: { LCP: ['e-1', 'e-3'], CLS: 'e-4' },
        updates: [{ eventId: 'e-5', name: 'CLS', value: 0.2, metricId: 'v-2' }],
      },
      { pagePath: '/cart', route: '/cart', LCP: 2_000, eventIds: { LCP: 'e-6' } },
    ])
    const values = captured.raw.flatMap(extractMetrics)
    expect(values.filter(({ name }) => name === 'CLS')).toMatchObject([
      { namespace: 'Observe/prod', unit: 'None', dimensions: { app: 'shop' }, value: 0.05 },
      { dimensions: { app: 'shop', route: '/products/:id' } },
      { dimensions: { app: 'shop', deviceType: 'mobile' } },
    ])
  })

  it('takes a page view as one sample, also when its first report was zero', async () => {
    const send = collector()
    const shift = { name: 'CLS', metricId: 'v-0' }
    await send(envelope([vital({ ...shift, value: 0, delta: 0 })]))
    await send(
      envelope([vital({ ...shift, value: 0.1, delta: 0.1 }), vital({ ...shift, value: 0.3, delta: 0.2 })]),
    )
    const values = captured.raw.flatMap(extractMetrics).filter(({ name }) => name === 'CLS')
    expect(new Set(values.map(({ value }) => value))).toEqual(new Set([0]))
    expect(captured.lines[1]).toMatchObject({ updates: [{ value: 0.1 }, { value: 0.3 }] })
  })

  it('says why a vital is not good', async () => {
    await collector()(
      envelope([vital({ rating: 'poor', value: 9_000, delta: 9_000, attribution: { target: 'img.hero' } })]),
    )
    expect(captured.lines[1]).toMatchObject({
      level: 'WARN',
      eventId: 'e-1',
      vital: { name: 'LCP', rating: 'poor', attribution: { target: 'img.hero' } },
    })
  })

  it('leaves the reasons of vitals out where the platform would drop them, and keeps the metrics', async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR')
    await collector()(envelope([vital({ rating: 'poor', attribution: { target: '#hero' } })]))
    expect(captured.lines).toMatchObject([{ level: 'ERROR', LCP: 2_000 }])
  })

  it('becomes one line per error that is its metric too, scrubbed once more', async () => {
    await collector()(
      envelope([
        error({
          message: 'no account for jane@example.com',
          causes: [{ name: 'Error', message: 'jane@example.com' }],
          breadcrumbs: [{ at: 1, category: 'click', message: 'button jane@example.com' }],
          properties: { mail: 'jane@example.com' },
          page: { path: '/account/jane@example.com?token=abc' },
        }),
      ]),
    )
    expect(captured.raw.join()).not.toContain('jane@')
    expect(captured.lines).toMatchObject([
      {
        level: 'ERROR',
        source: 'browser',
        eventType: 'error',
        eventId: 'e-2',
        eventTime: '2026-11-21T21:08:36.348Z',
        sessionId: 's-1',
        fingerprint: 'f-1',
        message: 'TypeError: no account for [email]',
        pagePath: '/account/:email',
        error: {
          name: 'TypeError',
          handled: false,
          count: 3,
          source: 'window',
          stack: expect.stringContaining('app.js:1:1'),
        },
        breadcrumbs: [{ category: 'click', message: 'button [email]' }],
        BrowserErrors: 3,
      },
    ])
    expect(captured.raw.flatMap(extractMetrics)).toMatchObject([
      { name: 'BrowserErrors', value: 3, dimensions: { app: 'shop' } },
    ])
  })

  it('becomes structured lines for page views, custom events and logs', async () => {
    const base = { at: 1, page }
    await collector()(
      envelope([
        { ...base, id: 'a', type: 'page-view', navigationType: 'load', referrer: 'https://example.org/?q=1' },
        { ...base, id: 'b', type: 'custom', name: 'checkout', properties: { step: 2 } },
        { ...base, id: 'c', type: 'log', level: 'warn', message: 'slow', traceId: `${'0'.repeat(31)}1` },
      ]),
    )
    expect(captured.lines).toMatchObject([
      {
        level: 'INFO',
        eventType: 'page-view',
        eventId: 'a',
        navigationType: 'load',
        referrer: 'https://example.org/',
      },
      { level: 'INFO', eventType: 'custom', eventId: 'b', name: 'checkout', properties: { step: 2 } },
      { level: 'WARN', eventType: 'log', eventId: 'c', message: 'slow', traceId: `${'0'.repeat(31)}1` },
    ])
  })

  it('turns the losses the page reports into metrics', async () => {
    await collector()(envelope([], { dropped: { 'queue-full': 2, sampled: 0 } }))
    expect(captured.lines).toMatchObject([{ eventType: 'dropped', reason: 'queue-full', DroppedEvents: 2 }])
  })

  it('is accepted as JSON and as base64 too', async () => {
    const send = collector()
    expect(
      (await send(envelope([vital()]), { headers: { 'content-type': 'application/json' } })).status,
    ).toBe(202)
    expect((await send(envelope([error({ message: 'größer' })]), { base64: true })).status).toBe(202)
    expect(captured.raw.join()).toContain('größer')
  })

  it('leads every line to the recording of its session', async () => {
    const session = (url: string) => ({ session: { id: 's-1', startedAt: 1, replay: { id: '3941', url } } })
    const send = collector()
    await send(envelope([vital(), error()], session('https://observe.example.com/7/session/3941?key=x')))
    expect(captured.lines.map(({ replayUrl }) => replayUrl)).toEqual([
      'https://observe.example.com/7/session/3941',
      'https://observe.example.com/7/session/3941',
    ])
    await send(envelope([vital()], session('javascript:alert(1)')))
    expect(captured.lines.at(-1)).not.toHaveProperty('replayUrl')
  })

  it('of many refused events is told again with their number, but what was wrong only of the first few', async () => {
    const send = collector()
    const bad = { type: 'custom', id: 'e', at: 1, page, name: 'n', properties: { ['k'.repeat(90)]: {} } }
    const batch = envelope([vital(), ...Array.from({ length: 40 }, () => bad)])
    const { body: first } = await send(batch)
    const { body: second } = await send(batch)
    expect(second).toMatchObject({ accepted: 1, duplicate: true })
    expect(second.rejected.slice(0, 5)).toEqual(first.rejected.slice(0, 5))
    expect(second.rejected.slice(5)).toEqual(
      first.rejected.slice(5).map(({ index }: { index: number }) => ({ index, issues: [] })),
    )
    expect(second.rejected).toHaveLength(40)
  })

  it('is logged once, however often it is delivered', async () => {
    const send = collector()
    const batch = envelope([vital(), { type: 'unknown' }])
    const first = await send(batch)
    const second = await send(batch)
    expect(second).toMatchObject({ status: 202, body: { ...first.body, duplicate: true } })
    expect(captured.lines).toHaveLength(2)
  })
})

describe('a bad event', () => {
  it('costs no good one', async () => {
    const answer = await collector()(
      envelope([{ type: 'hologram' }, vital(), vital({ value: 'fast' }), null]),
    )
    expect(answer).toMatchObject({
      status: 202,
      body: {
        accepted: 1,
        rejected: [{ index: 0 }, { index: 2, issues: [{ path: 'value' }] }, { index: 3 }],
      },
    })
    expect(captured.lines).toMatchObject([{ LCP: 2_000 }, { eventType: 'rejected', RejectedEvents: 3 }])
  })
})

describe('what a page may put into any string', () => {
  const personal = 'jane@example.com'

  it('is not written unmasked where an id should be', async () => {
    const slow = { id: personal, metricId: personal, rating: 'poor', attribution: { target: 'p' } }
    await collector()(
      envelope([
        vital(slow),
        vital({ ...slow, name: 'CLS', value: 0.3, delta: 0.1 }),
        error({ id: personal, fingerprint: personal }),
        { id: personal, at: 1, page, type: 'log', level: 'info', message: 'x' },
      ]),
    )
    expect(captured.raw.join('')).not.toContain(personal)
    expect(captured.lines).toMatchObject([
      { eventId: '[email]', fingerprint: '[email]' },
      { eventId: '[email]' },
      { eventIds: { LCP: '[email]' }, updates: [{ eventId: '[email]', metricId: '[email]' }] },
      { eventId: '[email]', vital: { metricId: '[email]' } },
      { eventId: '[email]', vital: { metricId: '[email]' } },
    ])
  })

  it('is not written unmasked by telling which property was refused', async () => {
    const answer = await collector()(
      envelope([{ id: 'e-1', at: 1, page, type: 'custom', name: 'x', properties: { [personal]: [] } }]),
    )
    const rejected = [{ index: 0, issues: [{ path: 'properties.[email]' }] }]
    expect(answer.body).toMatchObject({ accepted: 0, rejected })
    expect(captured.lines).toMatchObject([{ eventType: 'rejected', rejected }])
    expect(captured.raw.join('')).not.toContain(personal)
  })

  it('leaves the ids alone that browsers make', async () => {
    const id = '0190a5b2-1c3d-7e4f-8a5b-000000000001'
    // Its last number passes for a card; one in twenty does.
    const metricId = 'v6-1795295316348-4222222222222'
    const fingerprint = 'b7c1f0a2d9e84c53'
    await collector()(
      envelope([
        vital({ id, metricId, value: 1, delta: 0.5 }),
        error({ id, fingerprint }),
        error({ id, fingerprint: '4111111111111111' }),
      ]),
    )
    expect(captured.lines).toMatchObject([
      { eventId: id, fingerprint },
      { eventId: id, fingerprint: '[card]' },
      { updates: [{ eventId: id, metricId }] },
    ])
  })
})

describe('a whole request is refused', () => {
  it.each([
    ['no JSON', 'nope', {}, 400, 'invalid_json'],
    ['an empty body', '', {}, 400, 'invalid_json'],
    ['no envelope', '{}', {}, 400, 'invalid_envelope'],
    ['null', 'null', {}, 400, 'invalid_envelope'],
    ['a newer contract', '{"schemaVersion":2}', {}, 400, 'unsupported_schema_version'],
    [
      'polluting keys only',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      {},
      400,
      'invalid_envelope',
    ],
    ['deep nesting', '['.repeat(29_000), {}, 400, 'invalid_json'],
    ['another origin', '{}', { headers: { origin: 'https://evil.example' } }, 403, 'origin_not_allowed'],
    [
      'an origin that only ends alike',
      '{}',
      { headers: { origin: 'https://notshop.example.com' } },
      403,
      'origin_not_allowed',
    ],
    ['another method', '{}', { method: 'GET' }, 405, 'method_not_allowed'],
    ['a batch too large', `"${'x'.repeat(60_000)}"`, {}, 413, 'too_large'],
    ['a batch too large in bytes only', `"${'ü'.repeat(40_000)}"`, {}, 413, 'too_large'],
    ['a batch too large in base64', `"${'x'.repeat(60_000)}"`, { base64: true }, 413, 'too_large'],
    ['another media type', '{}', { headers: { 'content-type': 'text/html' } }, 415, 'unsupported_media_type'],
    ['no media type', '{}', { headers: { 'content-type': '' } }, 415, 'unsupported_media_type'],
  ])('with %s', async (_name, body, request, status, code) => {
    expect(await collector()(body, request)).toMatchObject({
      status,
      body: { error: { code, message: expect.any(String) } },
      headers: { 'content-type': 'application/json' },
    })
    expect(captured.raw).toEqual([])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('when it shows no ingest key', async () => {
    const send = collector({ ingestKeys: ['k-1'] })
    expect(await send(envelope([]))).toMatchObject({ status: 403, body: { error: { code: 'invalid_key' } } })
    expect(await send(envelope([]), { query: { key: 'k-1' } })).toMatchObject({ status: 202 })
    expect(await send(envelope([]), { headers: { 'x-observe-key': 'k-1' } })).toMatchObject({ status: 202 })
  })

  it('when there are too many, and says when to come back', async () => {
    vi.useFakeTimers()
    const send = collector({ maxBatchesPerMinute: 2 })
    expect((await send(envelope([]))).status).toBe(202)
    expect((await send(envelope([]))).status).toBe(202)
    expect(await send(envelope([]))).toMatchObject({
      status: 429,
      body: { error: { code: 'throttled' } },
      headers: { 'retry-after': '60' },
    })
    vi.advanceTimersByTime(60_000)
    expect((await send(envelope([]))).status).toBe(202)
    vi.useRealTimers()
  })

  it('when it could not be written, so that the page sends it again', async () => {
    const send = collector()
    const batch = envelope([vital()])
    const mend = redirectOutput({
      write: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(await send(batch)).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })
    mend()
    expect((await send(batch)).body).toEqual({ accepted: 1, rejected: [] })
    expect(captured.lines).toMatchObject([{ LCP: 2_000 }])
  })
})

describe('invalid UTF-8', () => {
  it('costs the broken string, not the batch', async () => {
    const bytes = Buffer.from(JSON.stringify(envelope([error({ message: 'bad ~ byte' })])))
    bytes[bytes.indexOf('~')] = 0xff
    const response = await createCollector({ origins: ['*'] })({
      requestContext: { http: { method: 'POST' } },
      headers: { 'content-type': 'text/plain' },
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    })
    expect(response.statusCode).toBe(202)
    expect(captured.lines).toMatchObject([{ message: 'TypeError: bad \ufffd byte' }])
  })
})

describe('other event shapes', () => {
  it.each([
    [
      'payload 1.0',
      {
        version: '1.0',
        httpMethod: 'POST',
        requestContext: {},
        headers: { Origin: ORIGIN, 'Content-Type': 'text/plain' },
      },
    ],
    [
      'a load balancer',
      {
        httpMethod: 'POST',
        requestContext: { elb: {} },
        headers: { origin: ORIGIN, 'content-type': 'text/plain' },
      },
    ],
    [
      'multi-value headers',
      {
        httpMethod: 'POST',
        requestContext: { elb: {} },
        multiValueHeaders: { origin: [ORIGIN], 'content-type': ['text/plain'] },
      },
    ],
  ])('%s', async (_name, event) => {
    const handler = createCollector({ origins: [ORIGIN] })
    const response = await handler({ ...event, body: JSON.stringify(envelope([vital()])) })
    expect(response.statusCode).toBe(202)
  })

  it('anything else is refused, not crashed on', async () => {
    const handler = createCollector({ origins: [ORIGIN] })
    for (const event of [null, undefined, 1, 'text', [], { headers: 1 }, { requestContext: null }]) {
      expect((await handler(event)).statusCode).toBe(403)
    }
  })
})

describe('preflights and origins', () => {
  it('answers a preflight with what is allowed', async () => {
    const answer = await collector({ origins: ['https://*.example.com'] })('', { method: 'OPTIONS' })
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'content-type, x-observe-key',
      },
    })
  })

  it.each([
    ['https://a.example.com', true],
    ['https://a.b.example.com', true],
    ['https://example.com', false],
    ['http://a.example.com', false],
    ['https://a.example.com.evil.org', false],
    ['https://evil.org/.example.com', false],
    ['https://evilexample.com', false],
    ['null', false],
  ])('https://*.example.com and %s: %s', async (origin, allowed) => {
    const { status } = await collector({ origins: ['https://*.example.com'] })(envelope([]), {
      headers: { origin },
    })
    expect(status).toBe(allowed ? 202 : 403)
  })
})

describe('dimensions', () => {
  it('folds routes beyond the limit into other, and counts them', async () => {
    const send = collector({ maxRoutes: 2 })
    await send(
      envelope(['/a', '/b', '/c', '/d'].map((path, index) => vital({ id: `e-${index}`, page: { path } }))),
    )
    expect(captured.lines.map(({ route, pagePath }) => [pagePath, route]).slice(0, 4)).toEqual([
      ['/a', '/a'],
      ['/b', '/b'],
      ['/c', 'other'],
      ['/d', 'other'],
    ])
    expect(captured.lines[4]).toMatchObject({
      eventType: 'folded',
      folded: { route: 2 },
      FoldedDimensions: 2,
    })
  })

  it('admits listed apps and routes only, and keeps the real name', async () => {
    const send = collector({ apps: ['shop'], routes: ['/cart'] })
    await send(envelope([vital()], { app: { name: 'stranger', environment: 'x' } }))
    expect(captured.lines[0]).toMatchObject({ app: 'other', appName: 'stranger', route: 'other' })
  })

  it('a listed app or route is admitted as it is listed, also when a name like it would be masked', async () => {
    const name = 'shop-192.168.1.10'
    const route = '/orders/{id}/jane@example.com'
    const send = collector({ apps: [name, 'stranger@example.com'], routes: [route] })
    const page = { path: '/orders/1', route }
    await send(
      envelope([vital({ page }), vital({ id: 'e-3', metricId: 'v-2', page })], {
        app: { name, environment: 'x' },
      }),
    )
    expect(captured.lines).toMatchObject([{ app: name, route, LCP: [2_000, 2_000] }])
    expect(captured.lines[0]).not.toHaveProperty('appName')
    captured.raw.length = 0
    await send(envelope([vital()], { app: { name: 'other@example.com', environment: 'x' } }))
    expect(captured.lines[0]).toMatchObject({ app: 'other', appName: '[email]' })
    expect(captured.raw.join()).not.toContain('other@')
  })

  it('are chosen by option', async () => {
    await collector({ dimensions: ['release'] })(envelope([vital()]))
    expect(captured.lines[0]).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['app'], ['app', 'release']] }] },
    })
  })
})

describe('wrong options', () => {
  it.each([
    [{}, 'OBSERVE_MISSING_OPTION', 'origins'],
    [undefined, 'OBSERVE_MISSING_OPTION', 'origins'],
    [{ origins: [] }, 'OBSERVE_INVALID_OPTION', 'non-empty array of origins'],
    [{ origins: ['shop.example.com'] }, 'OBSERVE_INVALID_OPTION', 'https://'],
    [{ origins: ['*'], orgins: 1 }, 'OBSERVE_UNKNOWN_OPTION', 'Did you mean "origins"?'],
    [{ origins: ['*'], dimensions: ['colour'] }, 'OBSERVE_INVALID_OPTION', 'deviceType'],
  ])('%j is refused with code %s', (options, code, message) => {
    expect(() => createCollector(options as never)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})
