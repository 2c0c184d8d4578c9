import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenSearchServer, startOpenSearch } from '../../test/openSearchServer.ts'
import { signedFetch } from '../shared/signedFetch.ts'
import { forward } from './forward.ts'
import { toDocument } from './toDocument.ts'

let openSearch: OpenSearchServer
beforeEach(async () => {
  openSearch = await startOpenSearch()
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})
afterEach(() => openSearch.close())

const START = Date.parse('2026-11-20T23:59:59.000Z')
const events = (count: number, prefix = 'e') =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    timestamp: START + index,
    message: JSON.stringify({
      level: 'INFO',
      message: 'order placed',
      service: 'orders',
      requestId: `r${index}`,
      sessionId: 's1',
      route: '/orders',
      status: 201,
      durationMs: 12.5,
    }),
  }))
const payload = (logEvents: object[], over: object = {}): string =>
  gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: '1',
      logGroup: '/aws/lambda/orders',
      logStream: 'x',
      subscriptionFilters: ['f'],
      logEvents,
      ...over,
    }),
  ).toString('base64')

const send = () => signedFetch(openSearch.url, 'es', 'us-east-1')
const options = {
  indexPrefix: 'observe-logs',
  ownLogGroup: '/aws/lambda/forwarder',
  limits: { maxBytes: 64 * 1024, attempts: 5, wait: async () => {} },
}
const run = (data: string) => forward(data, send(), options)

/** Every event is there, once. */
const expectEachOnce = (count: number): void => {
  expect(openSearch.documents.size).toBe(count)
}

describe('forward', () => {
  it('indexes events into the day they are of, under their own ids, with the fields of our lines', async () => {
    expect(await run(payload(events(2_000)))).toEqual({ indexed: 2_000, rejected: [] })
    expectEachOnce(2_000)
    expect(openSearch.documents.get('observe-logs-2026.11.20/e0')?.document).toEqual({
      '@timestamp': '2026-11-20T23:59:59.000Z',
      logGroup: '/aws/lambda/orders',
      logStream: 'x',
      message: events(1)[0]?.message,
      level: 'INFO',
      service: 'orders',
      requestId: 'r0',
      sessionId: 's1',
      route: '/orders',
      status: 201,
      durationMs: 12.5,
    })
    expect([...openSearch.documents.keys()].some((key) => key.startsWith('observe-logs-2026.11.21/'))).toBe(
      true,
    )
  })

  it('loses and doubles nothing under 429s, time-outs and broken connections', async () => {
    Object.assign(openSearch.faults, {
      throttleRequests: 2,
      dropRequests: 2,
      dropAfterIndexing: 2,
      throttleItems: 150,
    })
    expect(await run(payload(events(3_000)))).toMatchObject({ rejected: [] })
    expectEachOnce(3_000)
  })

  it('sends only the failed items again', async () => {
    openSearch.faults.throttleItems = 3
    await run(payload(events(100)))
    expectEachOnce(100)
    expect([...openSearch.documents.values()].every(({ writes }) => writes === 1)).toBe(true)
  })

  it('halves a body that the domain finds too large', async () => {
    openSearch.faults.maxBytes = 8_000
    await run(payload(events(300)))
    expectEachOnce(300)
    openSearch.faults.maxBytes = 10_000
    const report = await run(
      payload([{ id: 'huge', timestamp: START, message: 'x'.repeat(20_000) }, ...events(3, 'n')]),
    )
    expect(report.rejected).toEqual([{ id: 'huge', reason: '413 too large' }])
    expect(openSearch.documents.has('observe-logs-2026.11.20/n0')).toBe(true)
  })

  it('throws when the domain stays away, so that Lambda tries again and then keeps the payload', async () => {
    openSearch.faults.throttleRequests = 1_000
    await expect(run(payload(events(10)))).rejects.toThrow('10 log events are not indexed after 5 attempts')
    openSearch.faults.throttleRequests = 0
    await run(payload(events(10)))
    expectEachOnce(10)
  })

  it('gives up on a document that can never be indexed, and says which', async () => {
    const bad = { '@timestamp': 'x', status: 'not a number' }
    const report = await forward(
      payload(events(1)),
      async (request) => {
        const lines = String(request.body).split('\n')
        return send()({ ...request, body: `${lines[0]}\n${JSON.stringify(bad)}\n` })
      },
      options,
    )
    expect(report).toEqual({
      indexed: 0,
      rejected: [{ id: 'e0', reason: 'mapper_parsing_exception: failed to parse field [status]' }],
    })
  })

  it('ignores control messages and its own log group', async () => {
    await run(payload(events(1), { messageType: 'CONTROL_MESSAGE' }))
    await run(payload(events(1), { logGroup: '/aws/lambda/forwarder' }))
    expect(openSearch.requests).toEqual([])
  })

  it('rejects what is no subscription payload', async () => {
    await expect(run('bm90IGd6aXA=')).rejects.toThrow('incorrect header check')
    await expect(run(payload([], { logEvents: undefined }))).rejects.toThrow('no logEvents')
  })

  it('keeps up with 10,000 events per second of one CPU', async () => {
    const data = Array.from({ length: 10 }, (_, index) => payload(events(2_000, `p${index}-`)))
    const counting: Parameters<typeof forward>[1] = async ({ body }) => {
      const count = (String(body).split('\n').length - 1) / 2
      return new Response(
        JSON.stringify({
          items: Array.from({ length: count }, (_, n) => ({ index: { _id: String(n), status: 201 } })),
        }),
      )
    }
    const before = process.cpuUsage()
    for (const one of data)
      await forward(one, counting, { ...options, limits: { ...options.limits, maxBytes: 4 * 1024 * 1024 } })
    const { user, system } = process.cpuUsage(before)
    const perSecond = 20_000 / ((user + system) / 1e6)
    expect(perSecond).toBeGreaterThan(10_000)
  })
})

describe('toDocument', () => {
  const batch = { messageType: 'DATA_MESSAGE' as const, logGroup: 'g', logStream: 's', logEvents: [] }
  const of = (message: string) => toDocument({ id: '1', timestamp: START, message }, batch)

  it('takes lines that are not ours as text', () => {
    expect(of('REPORT RequestId: 1\n')).toEqual({
      '@timestamp': '2026-11-20T23:59:59.000Z',
      logGroup: 'g',
      logStream: 's',
      message: 'REPORT RequestId: 1',
    })
    expect(of('{not json').level).toBeUndefined()
    expect(of('null').level).toBeUndefined()
  })

  it('leaves out fields of a wrong type, which would refuse the whole document', () => {
    expect(of(JSON.stringify({ status: '500', level: 7, durationMs: null, route: '/a' }))).toMatchObject({
      route: '/a',
    })
    expect(of(JSON.stringify({ status: '500' })).status).toBeUndefined()
  })

  it('knows how long an invocation took, as its line has it for the metric', () => {
    expect(of(JSON.stringify({ Duration: 1_234.5 })).durationMs).toBe(1_234.5)
    expect(of(JSON.stringify({ Duration: [1, 2] })).durationMs).toBeUndefined()
  })

  it('takes the name of an error and cuts keywords nobody searches', () => {
    expect(of(JSON.stringify({ error: { name: 'TypeError', message: 'x' } })).errorName).toBe('TypeError')
    expect(of(JSON.stringify({ requestId: 'r'.repeat(40_000) })).requestId).toHaveLength(1_024)
  })
})
