import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openStore } from './openStore.ts'
import type { NewRow } from './tables.ts'

const logLine = (line: string): NewRow<'log_events'> => ({
  at_ms: 1_700_000_000_123,
  function_name: 'f',
  log_stream: 's',
  source: 'stdout',
  level: undefined,
  message: undefined,
  request_id: undefined,
  session_id: undefined,
  trace_id: undefined,
  is_emf: false,
  line,
})

const envelope = (body: Uint8Array): NewRow<'envelopes'> => ({
  at_ms: 1,
  batch_id: undefined,
  session_id: 's',
  content_type: undefined,
  origin: undefined,
  user_agent: undefined,
  body,
  size_bytes: body.length,
  status: 202,
})

it('reads every row appended before the query, in order, integers as numbers', async () => {
  const store = await openStore()
  for (const line of ['one', 'two', 'three']) store.append('log_events', logLine(line))
  expect(await store.query('SELECT line, at_ms, level, is_emf FROM log_events ORDER BY seq')).toEqual(
    ['one', 'two', 'three'].map((line) => ({ line, at_ms: 1_700_000_000_123, level: null, is_emf: false })),
  )
  expect(await store.query('SELECT count(*) AS n, sum(at_ms) AS total FROM log_events')).toEqual([
    { n: 3, total: 5_100_000_000_369 },
  ])
  await store.close()
})

it('keeps bytes as they came', async () => {
  const store = await openStore()
  const body = Uint8Array.from([0, 255, 10, 39, 34, 0])
  store.append('envelopes', envelope(body))
  const [row] = await store.query<{ body: Uint8Array }>('SELECT body FROM envelopes')
  expect(Uint8Array.from(row?.body ?? [])).toEqual(body)
  await store.close()
})

it('takes parameters as values', async () => {
  const store = await openStore()
  store.append('log_events', logLine(`'; DROP TABLE log_events; --`))
  const rows = await store.query('SELECT line FROM log_events WHERE line = $line', {
    line: `'; DROP TABLE log_events; --`,
  })
  expect(rows).toHaveLength(1)
  await store.close()
})

it('writes by itself soon after an append and tells so', async () => {
  const store = await openStore()
  const changed = vi.fn()
  const stop = store.onChange(changed)
  store.append('log_events', logLine('one'))
  store.append('log_events', logLine('two'))
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1))
  stop()
  store.append('log_events', logLine('three'))
  await store.query('SELECT 1')
  expect(changed).toHaveBeenCalledTimes(1)
  await store.close()
})

it('counts what does not fit into the queue', async () => {
  const store = await openStore()
  for (let index = 0; index < 50_010; index += 1) store.append('log_events', logLine('x'))
  expect(store.dropped()).toBe(10)
  expect(await store.query('SELECT count(*) AS n FROM log_events')).toEqual([{ n: 50_000 }])
  await store.close()
})

it('keeps a folder from one run to the next, in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'observe-store-'))
  for (const line of ['first run', 'second run']) {
    const store = await openStore(join(folder, 'data'))
    store.append('log_events', logLine(line))
    await store.close()
  }
  const store = await openStore(join(folder, 'data'))
  expect(await store.query('SELECT line FROM log_events ORDER BY seq')).toEqual([
    { line: 'first run' },
    { line: 'second run' },
  ])
  await store.close()
  await rm(folder, { recursive: true })
})

it('shows an event that was logged twice once in page_events, and says so', async () => {
  const store = await openStore()
  const event: NewRow<'browser_events'> = {
    at_ms: 1,
    received_ms: 1,
    event_id: 'e1',
    type: 'page-view',
    session_id: 's',
    page_path: '/',
    page_route: undefined,
    device_type: undefined,
    replay_url: undefined,
    name: undefined,
    value: undefined,
    rating: undefined,
    metric_id: undefined,
    fingerprint: undefined,
    count: undefined,
    trace_id: undefined,
    request_id: undefined,
    line: '{}',
  }
  store.append('browser_events', event)
  store.append('browser_events', { ...event, received_ms: 2 })
  store.append('browser_events', { ...event, event_id: 'e2' })
  expect(
    await store.query('SELECT event_id, received_ms, times_logged FROM page_events ORDER BY event_id'),
  ).toEqual([
    { event_id: 'e1', received_ms: 1, times_logged: 2 },
    { event_id: 'e2', received_ms: 1, times_logged: 1 },
  ])
  expect(await store.query('SELECT count(*) AS n FROM browser_events')).toEqual([{ n: 3 }])
  await store.close()
})

it('closes under running queries: they finish, later ones are refused, later rows dropped', async () => {
  const store = await openStore()
  const slow = Array.from({ length: 6 }, () =>
    store.query<{ n: number }>('SELECT count(*) AS n FROM range(2_000_000) t(a) WHERE a % 7 = 3'),
  )
  const closed = store.close()
  await expect(store.query('SELECT 1')).rejects.toThrow('The store is closed.')
  expect((await Promise.all(slow)).map(([row]) => row?.n)).toEqual(new Array(6).fill(285_714))
  await closed
  store.append('log_events', logLine('late'))
  expect(store.dropped()).toBe(1)
})
