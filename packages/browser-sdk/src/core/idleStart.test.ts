import type { Envelope } from '@acme/observe-schema/types'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SESSION_KEY } from '../session/createSession.ts'
import { reportVital } from '../signals/observeVitals.ts'
import { createObservability } from './createObservability.ts'
import type { Observability } from './Observability.ts'

const COLLECTOR = 'https://collector.example/v1/events'
const STARTED_AT = 1_795_000_000_000

let observe: Observability
let send: ReturnType<typeof vi.fn<(url: string, init: RequestInit) => Promise<Response>>>
let clock: number
let becomeIdle: () => void
const start = () => {
  observe = createObservability(
    { app: 'shop', environment: 'test', collector: { endpoint: COLLECTOR } },
    () => {},
  )
}
const batches = (): Envelope[] =>
  send.mock.calls.filter(([url]) => url === COLLECTOR).map(([, { body }]) => JSON.parse(body as string))
const events = () => batches().flatMap(({ events }) => events)
const end = () => {
  window.dispatchEvent(new Event('pagehide'))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

beforeEach(() => {
  localStorage.clear()
  clock = STARTED_AT
  vi.spyOn(Date, 'now').mockImplementation(() => clock)
  becomeIdle = () => expect.fail('nothing waits')
  vi.stubGlobal('requestIdleCallback', (work: () => void, options: IdleRequestOptions) => {
    becomeIdle = work
    expect(options.timeout).toBeLessThanOrEqual(1_000)
  })
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.spyOn(navigator, 'sendBeacon').mockReturnValue(true)
  send = vi.fn(async () => new Response('{"accepted":1,"rejected":[]}', { status: 202 }))
  vi.stubGlobal('fetch', send)
})
afterEach(async () => {
  await observe.shutdown()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('only listens until the browser is idle, and counts the visit from its start', async () => {
  start()
  expect(localStorage.getItem(SESSION_KEY)).toBeNull()
  expect(observe.status.queued).toBe(0)
  clock += 700
  becomeIdle()
  expect(localStorage.getItem(SESSION_KEY)).not.toBeNull()
  expect(observe.status.queued).toBe(1)
  await observe.flush()
  expect(events()).toMatchObject([{ type: 'page-view', navigationType: 'load', at: STARTED_AT }])
})

it('does not wait when something happens, and puts the page view before it', async () => {
  start()
  clock += 20
  window.dispatchEvent(new ErrorEvent('error', { error: new Error('early'), message: 'early' }))
  clock += 20
  becomeIdle()
  await observe.flush()
  expect(events()).toMatchObject([
    { type: 'page-view', at: STARTED_AT },
    { type: 'error', message: 'early', at: STARTED_AT + 20 },
  ])
})

it('sends the page view of a page that ends before the browser was idle', () => {
  start()
  end()
  expect(events()).toMatchObject([{ type: 'page-view', navigationType: 'load', at: STARTED_AT }])
})

it('has one session, whoever asks for it first', async () => {
  start()
  await fetch('/api/orders')
  const [, init] = send.mock.calls[0] ?? []
  const { id } = observe.session
  expect(new Headers(init?.headers).get('x-observe-session-id')).toBe(id)
  becomeIdle()
  await observe.flush()
  expect(batches()).toMatchObject([{ session: { id } }])
})

it('was no visit when it was stopped before it began, as StrictMode does', async () => {
  start()
  await observe.shutdown()
  becomeIdle()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(send).not.toHaveBeenCalled()
  expect(localStorage.length).toBe(0)
})

it('takes vitals for no activity: a tab that nobody uses keeps its session until it is closed', async () => {
  start()
  becomeIdle()
  const { id } = observe.session
  clock += 3_600_000
  const metric = { value: 0.1, delta: 0.1, id: 'v', entries: [], navigationType: 'navigate' }
  reportVital({ ...metric, name: 'CLS', rating: 'good' })
  await observe.flush()
  expect(batches().map(({ session }) => session.id)).toEqual([id])
  observe.track('back again')
  expect(observe.session.id).not.toBe(id)
})

it.each(['granted', 'pending'] as const)('takes up nothing forgotten when consent is %s again', (next) => {
  start()
  becomeIdle()
  const { id } = observe.session
  observe.setConsent('denied')
  observe.setConsent(next)
  expect(observe.session.id).not.toBe(id)
})

it('begins a moment later where the browser does not tell when it is idle', async () => {
  vi.stubGlobal('requestIdleCallback', undefined)
  start()
  expect(observe.status.queued).toBe(0)
  await vi.waitFor(() => expect(observe.status.queued).toBe(1))
  await observe.flush()
})
