import type { Envelope } from '@acme/observe-schema/types'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createObservability } from './createObservability.ts'
import type { Observability } from './Observability.ts'

/** More than the events of one kind that a minute lets pass. */
const MANY = 130

let observe: Observability
let send: ReturnType<typeof vi.fn<(url: string, init: RequestInit) => Promise<Response>>>
let now: number

beforeEach(async () => {
  localStorage.clear()
  now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  vi.stubGlobal('indexedDB', new IDBFactory())
  send = vi.fn(async (url) =>
    url.startsWith('/api/')
      ? new Response('', { status: 503 })
      : new Response('{"accepted":1,"rejected":[]}', { status: 202 }),
  )
  vi.stubGlobal('fetch', send)
  observe = createObservability(
    { app: 'shop', environment: 'test', collector: { endpoint: 'https://collector.example/v1/events' } },
    () => {},
  )
  await observe.flush()
})
afterEach(async () => {
  await observe.shutdown()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const envelopes = () =>
  send.mock.calls
    .filter(([url]) => url.includes('collector.example'))
    .map(([, { body }]): Envelope => JSON.parse(body as string))
const counts = () => {
  const found: Record<string, number> = {}
  for (const event of envelopes().flatMap(({ events }) => events)) {
    if (event.type === 'custom') found[event.name] = (found[event.name] ?? 0) + 1
  }
  return found
}
const fail = async () => {
  await fetch('/api/orders')
  await Promise.resolve()
}

it('limits what the page does by itself and what the application tells apart from each other', async () => {
  for (let index = 0; index < MANY; index++) await fail()
  for (let index = 0; index < MANY; index++) observe.track('step')
  await observe.flush()
  expect(counts()).toEqual({ 'request-failed': 120, step: 120 })
  expect(observe.status.dropped).toEqual({ 'rate-limit': 2 * (MANY - 120) })
})

it('takes failing requests for no activity of the visitor', async () => {
  const { id } = observe.session
  for (let minutes = 10; minutes <= 40; minutes += 10) {
    now += 600_000
    await fail()
  }
  await observe.flush()
  expect(counts()).toEqual({ 'request-failed': 4 })
  expect(new Set(envelopes().map(({ session }) => session.id))).toEqual(new Set([id]))
  observe.track('back')
  expect(observe.session.id).not.toBe(id)
  await observe.flush()
})

it('takes requests that fail while the page is left for no failures', async () => {
  send.mockImplementation(async (url) => {
    if (url.startsWith('/api/')) throw new TypeError('Failed to fetch')
    return new Response('{"accepted":1,"rejected":[]}', { status: 202 })
  })
  window.dispatchEvent(new Event('pagehide'))
  await fail().catch(() => {})
  observe.track('request-failed', { status: 0 })
  window.dispatchEvent(new Event('pageshow'))
  await fail().catch(() => {})
  await vi.waitFor(() => expect(observe.status.queued).toBe(2))
  await observe.flush()
  expect(counts()).toEqual({ 'request-failed': 2 })
})
