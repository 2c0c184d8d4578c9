import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/openStore.ts'
import { createLogIngest } from './ingestLogs.ts'

let store: Store
beforeEach(async () => {
  store = await openStore()
})
afterEach(() => store.close())

const ingest = (line: string | object, source: 'stdout' | 'stderr' | 'platform' = 'stdout') =>
  createLogIngest(store)({
    functionName: 'f',
    logStreamName: 's',
    source,
    at: 1_700_000_000_000,
    line: typeof line === 'string' ? line : JSON.stringify(line),
  })

const emf = (overrides: object = {}) => ({
  _aws: {
    Timestamp: 1_700_000_000_500,
    CloudWatchMetrics: [
      {
        Namespace: 'N',
        Dimensions: [['app'], ['app', 'device'], []],
        Metrics: [{ Name: 'LCP', Unit: 'Milliseconds' }, { Name: 'Count' }],
      },
    ],
  },
  app: 'shop',
  device: 'mobile',
  LCP: [100, 200],
  Count: 1,
  sessionId: 's-1',
  requestId: 'r-1',
  ...overrides,
})

describe('a line', () => {
  it('becomes one log event, whatever it is', async () => {
    ingest('plain text')
    ingest('{"broken')
    ingest('[]')
    ingest('null')
    ingest({ level: 'info', message: 'm' })
    ingest('trouble', 'stderr')
    expect(await store.query('SELECT level, message, source FROM log_events ORDER BY seq')).toEqual([
      { level: null, message: 'plain text', source: 'stdout' },
      { level: null, message: '{"broken', source: 'stdout' },
      { level: null, message: '[]', source: 'stdout' },
      { level: null, message: 'null', source: 'stdout' },
      { level: 'INFO', message: 'm', source: 'stdout' },
      { level: 'ERROR', message: 'trouble', source: 'stderr' },
    ])
  })
})

describe('a hostile line', () => {
  it.each([
    ['an impossible time', { source: 'browser', eventType: 'page-view', eventId: 'e', eventTime: 'never' }],
    [
      'a count beyond counting',
      { source: 'browser', eventType: 'error', eventId: 'e', error: { count: 1e300 } },
    ],
    [
      'NUL and a lone surrogate',
      { message: 'a\u0000b\ud800', source: 'browser', eventType: 'x\u0000', eventId: '\udfff' },
    ],
    ['a time out of range', emf({ _aws: { ...emf()._aws, Timestamp: 1e300 } })],
    [
      'nested arrays for ids',
      {
        source: 'browser',
        eventType: 'web-vital',
        LCP: [[1]],
        eventIds: { LCP: [['e']] },
        updates: [7, null],
      },
    ],
    [
      'prototype keys',
      JSON.parse(
        '{"__proto__":{"a":1},"constructor":2,"source":"browser","eventType":"page-view","eventId":"e"}',
      ),
    ],
  ])('with %s costs nobody else a line', async (_, line: object) => {
    ingest(line)
    ingest('next')
    expect(await store.query(`SELECT count(*) AS n FROM log_events`)).toEqual([{ n: 2 }])
  })
})

describe('an EMF document', () => {
  it('becomes one metric for each value and dimension set, and stays a log event', async () => {
    ingest(emf())
    const rows = await store.query(
      'SELECT name, unit, value, dimensions, at_ms, session_id, request_id FROM metrics ORDER BY name DESC, value, dimensions',
    )
    const shared = { at_ms: 1_700_000_000_500, session_id: 's-1', request_id: 'r-1' }
    const sets = ['{"app":"shop","device":"mobile"}', '{"app":"shop"}', '{}']
    expect(rows).toEqual([
      ...[100, 200].flatMap((value) =>
        sets.map((dimensions) => ({ name: 'LCP', unit: 'Milliseconds', value, dimensions, ...shared })),
      ),
      ...sets.map((dimensions) => ({ name: 'Count', unit: 'None', value: 1, dimensions, ...shared })),
    ])
    expect(await store.query('SELECT is_emf FROM log_events')).toEqual([{ is_emf: true }])
  })

  it.each([
    ['a value that is missing', emf({ LCP: undefined })],
    ['a dimension that is no text', emf({ app: 7 })],
    ['too many values', emf({ LCP: new Array(101).fill(1) })],
    ['no timestamp', { ...emf(), _aws: { CloudWatchMetrics: [] } }],
  ])('with %s counts as a validation error and gives no metric', async (_, document) => {
    ingest(document)
    expect(await store.query('SELECT namespace, name, value, dimensions FROM metrics')).toEqual([
      {
        namespace: 'AWS/Logs',
        name: 'EMFValidationErrors',
        value: 1,
        dimensions: '{"LogGroupName":"/aws/lambda/f"}',
      },
    ])
    expect(await store.query('SELECT is_emf FROM log_events')).toEqual([{ is_emf: false }])
  })

  it('that is cut off counts as a parsing error', async () => {
    ingest(JSON.stringify(emf()).slice(0, -10))
    expect(await store.query('SELECT name FROM metrics')).toEqual([{ name: 'EMFParsingErrors' }])
  })

  it('counts on stderr too: CloudWatch sees log events, not streams', async () => {
    ingest(emf(), 'stderr')
    expect(await store.query('SELECT count(*) AS n FROM metrics')).toEqual([{ n: 9 }])
  })
})

describe('a line of the collector', () => {
  const page = {
    source: 'browser',
    sessionId: 's-1',
    pagePath: '/cart',
    deviceType: 'mobile',
    eventTime: '2026-03-05T19:03:58.250Z',
  }

  it('becomes the event it stands for', async () => {
    ingest({ ...page, eventType: 'page-view', eventId: 'e1' })
    ingest({ ...page, eventType: 'custom', eventId: 'e2', name: 'checkout' })
    ingest({
      ...page,
      eventType: 'error',
      eventId: 'e3',
      fingerprint: 'f',
      error: { name: 'TypeError', count: 4 },
    })
    expect(
      await store.query(
        'SELECT event_id, type, name, fingerprint, count, session_id, at_ms FROM browser_events ORDER BY seq',
      ),
    ).toEqual(
      [
        { event_id: 'e1', type: 'page-view', name: null, fingerprint: null, count: null },
        { event_id: 'e2', type: 'custom', name: 'checkout', fingerprint: null, count: null },
        { event_id: 'e3', type: 'error', name: 'TypeError', fingerprint: 'f', count: 4 },
      ].map((row) => ({ ...row, session_id: 's-1', at_ms: 1772737438250 })),
    )
  })

  it('becomes every vital it holds, samples and updates', async () => {
    ingest({
      ...page,
      eventType: 'web-vital',
      LCP: [100, 5000],
      CLS: 0.3,
      eventIds: { LCP: ['e1', 'e2'], CLS: 'e3' },
      updates: [{ eventId: 'e4', name: 'INP', value: 90, delta: 10, rating: 'good', metricId: 'm' }],
    })
    expect(
      await store.query('SELECT event_id, name, value, rating FROM browser_events ORDER BY event_id'),
    ).toEqual([
      { event_id: 'e1', name: 'LCP', value: 100, rating: 'good' },
      { event_id: 'e2', name: 'LCP', value: 5000, rating: 'poor' },
      { event_id: 'e3', name: 'CLS', value: 0.3, rating: 'poor' },
      { event_id: 'e4', name: 'INP', value: 90, rating: 'good' },
    ])
  })

  it('that was logged twice is there twice', async () => {
    ingest({ ...page, eventType: 'page-view', eventId: 'e1' })
    ingest({ ...page, eventType: 'page-view', eventId: 'e1' })
    expect(await store.query('SELECT count(*) AS n FROM browser_events')).toEqual([{ n: 2 }])
  })

  it('with details of a poor vital is no second event, nor is a line of the function itself', async () => {
    ingest({ ...page, eventType: 'web-vital', eventId: 'e1', vital: { name: 'LCP' } })
    ingest({ ...page, source: undefined, eventType: 'page-view', eventId: 'e1' })
    expect(await store.query('SELECT 1 FROM browser_events')).toEqual([])
  })
})
