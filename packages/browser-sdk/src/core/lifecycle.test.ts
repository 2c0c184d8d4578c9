import type { Envelope } from '@acme/observe-schema/types'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ObserveOptions } from '../options/ObserveOptions.ts'
import type { StartReplayDependencies } from '../replay/startReplay.ts'
import { createObservability } from './createObservability.ts'
import type { Observability } from './Observability.ts'

const recordings = vi.hoisted(() => ({ begun: 0 }))
vi.mock('../replay/whenQuiet.ts', () => ({
  whenQuiet: (work: () => void) => {
    work()
    return () => {}
  },
}))
vi.mock('../replay/startReplay.ts', () => ({
  startReplay: ({ onStart }: StartReplayDependencies) => {
    const id = `recording-${++recordings.begun}`
    setTimeout(() => onStart({ id, url: `https://replay.example/${id}` }))
    return { identify() {}, mark() {}, stop() {}, status: () => ({ state: 'recording' }) }
  },
}))

const OPTIONS: ObserveOptions = {
  app: 'shop',
  environment: 'test',
  collector: { endpoint: 'https://collector.example/v1/events' },
}
const OPEN_REPLAY = { projectKey: 'key', ingestPoint: 'https://replay.example/ingest' }

let observe: Observability
let send: ReturnType<typeof vi.fn<(url: string, init: RequestInit) => Promise<Response>>>
const start = (options: Partial<ObserveOptions> = {}) => {
  observe = createObservability({ ...OPTIONS, ...options }, () => {})
}
const batches = (): Envelope[] =>
  send.mock.calls
    .filter(([url]) => url === OPTIONS.collector.endpoint)
    .map(([, { body }]) => JSON.parse(body as string))
const end = () => {
  window.dispatchEvent(new Event('pagehide'))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

beforeEach(() => {
  localStorage.clear()
  recordings.begun = 0
  vi.stubGlobal('indexedDB', new IDBFactory())
  send = vi.fn(async () => new Response('{"accepted":1,"rejected":[]}', { status: 202 }))
  vi.stubGlobal('fetch', send)
})
afterEach(async () => {
  await observe.shutdown()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it.each([
  ['forget()', () => observe.forget()],
  [
    'consent that was taken back',
    () => {
      observe.setConsent('denied')
      observe.setConsent('granted')
    },
  ],
])('a session after %s knows nothing of the recording before', async (_, ask) => {
  start({ openReplay: OPEN_REPLAY })
  await observe.flush()
  await vi.waitFor(() => expect(observe.session.replay?.id).toBe('recording-1'))
  ask()
  const sent = batches().length
  observe.track('after')
  expect(observe.session.replay).toBeUndefined()
  await observe.flush()
  expect(batches().length).toBeGreaterThan(sent)
  expect(JSON.stringify(batches().slice(sent))).not.toContain('recording-1')
  await vi.waitFor(() => expect(observe.session.replay?.id).toBe('recording-2'))
})

it('a forgotten session that another tab still has comes back without its recording', async () => {
  start({ openReplay: OPEN_REPLAY })
  await observe.flush()
  await vi.waitFor(() => expect(observe.session.replay?.id).toBe('recording-1'))
  const { id } = observe.session
  const kept = localStorage.getItem('observe.session') as string
  observe.forget()
  await observe.flush()
  const sent = batches().length
  localStorage.setItem('observe.session', kept)
  observe.track('again')
  // At once: the next recording begins only later.
  await observe.flush()
  expect(batches().length).toBeGreaterThan(sent)
  expect(batches().at(-1)?.session).toMatchObject({ id })
  expect(batches().at(-1)?.session.replay).toBeUndefined()
})

it('a stopped handle starts and stores nothing any more', async () => {
  start({ openReplay: OPEN_REPLAY, consent: 'pending' })
  await observe.flush()
  await observe.shutdown()
  observe.setConsent('granted')
  observe.forget()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(recordings.begun).toBe(0)
  expect(Object.keys(localStorage)).toEqual([])
})

it('a stopped handle still deletes what is stored when consent is withdrawn', async () => {
  start()
  await observe.flush()
  await observe.shutdown()
  localStorage.setItem('observe.exit.b', '{}')
  observe.setConsent('denied')
  expect(Object.keys(localStorage)).toEqual([])
})

it('sends no headers once it is stopped, whoever patched fetch on top', async () => {
  start()
  const ours = window.fetch
  window.fetch = (...values) => ours(...values)
  await observe.shutdown()
  await fetch('/api/orders')
  const [, init] = send.mock.calls.find(([url]) => url === '/api/orders') ?? []
  expect([...new Headers(init?.headers).keys()]).toEqual([])
})

it.each([1, 50])('counts every one of 200 kinds of errors thrown %d times, or its loss', async (times) => {
  start()
  await observe.flush()
  for (let throws = 0; throws < times; throws++)
    for (let kind = 0; kind < 200; kind++)
      observe.captureError(new Error('a'.repeat(1 + (kind % 20)) + 'b'.repeat(Math.floor(kind / 20))))
  await observe.flush()
  const counted = batches()
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + (event.type === 'error' ? event.count : 0), 0)
  const lost = Object.values(observe.status.dropped).reduce((sum, count) => sum + count, 0)
  expect(lost).toBeGreaterThan(0)
  expect(counted + lost).toBe(200 * times)
})

it('counts errors of which nothing is known, or their loss', async () => {
  let now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  start({ consent: 'pending' })
  await observe.flush()
  // What waits for consent fills the queue.
  for (let minute = 0; minute < 5; minute++) {
    for (let index = 0; index < 100; index++) observe.track('step')
    now += 60_000
  }
  for (let index = 0; index < 40; index++)
    window.dispatchEvent(new ErrorEvent('error', { message: 'Script error.' }))
  observe.setConsent('granted')
  await observe.flush()
  const events = batches().flatMap(({ events }) => events)
  expect(events.some((event) => event.type === 'custom' && event.name === 'script-error')).toBe(false)
  // The page view was the first to wait.
  expect(observe.status.dropped).toEqual({ 'queue-full': 1 + 40 })
})

it('bears a storage that cannot be read', async () => {
  const rejections: unknown[] = []
  const note = (reason: unknown) => rejections.push(reason)
  process.on('unhandledRejection', note)
  vi.stubGlobal('localStorage', {
    ...{ setItem() {}, removeItem() {}, clear() {} },
    getItem: () => {
      throw new Error('no')
    },
  })
  start()
  await expect(observe.flush()).resolves.toBeUndefined()
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  process.off('unhandledRejection', note)
  expect(rejections).toEqual([])
})

it('bears a pipeline that cannot be made', async () => {
  start()
  vi.spyOn(document, 'title', 'get').mockImplementation(() => {
    throw new Error('no')
  })
  vi.spyOn(window, 'addEventListener').mockImplementation(() => {
    throw new Error('no')
  })
  await expect(observe.flush()).resolves.toBeUndefined()
})

it('tells the collector what a storm before the pipeline cost, and keeps its vitals', () => {
  start()
  for (let index = 0; index < 600; index++) observe.captureError(new Error('storm'))
  for (let index = 0; index < 150; index++) observe.log('info', 'line')
  end()
  const [envelope] = batches()
  expect(envelope?.events.length).toBeLessThanOrEqual(100)
  const counted = envelope?.events.reduce((sum, event) => sum + (event.type === 'error' ? event.count : 1), 0)
  // The page view is one of them.
  expect((counted ?? 0) + (envelope?.dropped?.['queue-full'] ?? 0)).toBe(1 + 600 + 150)
})

it('counts what is forgotten before the pipeline is there', async () => {
  start()
  for (let index = 0; index < 10; index++) observe.track('step')
  observe.forget()
  await observe.flush()
  expect(observe.status.dropped.consent).toBe(1 + 10)
})

it('sends the short visits of the sample, and none of the others', async () => {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((values) => {
    ;(values as Uint8Array).fill(0x70)
    return values
  })
  start({ sampleRate: 0.5 })
  end()
  expect(batches()).toHaveLength(1)
  await observe.shutdown()
  localStorage.clear()
  vi.mocked(crypto.getRandomValues).mockImplementation((values) => {
    ;(values as Uint8Array).fill(0x90)
    return values
  })
  start({ sampleRate: 0.5 })
  end()
  expect(batches()).toHaveLength(1)
})

it('leaves alone what another tab could not deliver', async () => {
  start()
  end()
  localStorage.setItem('observe.exit.early', 'of another tab')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(localStorage.getItem('observe.exit.early')).toBe('of another tab')
})

it('sees a prerendered page that is shown before the pipeline is there', async () => {
  Object.assign(document, { prerendering: true })
  start()
  Object.assign(document, { prerendering: false })
  document.dispatchEvent(new Event('prerenderingchange'))
  await observe.flush()
  Reflect.deleteProperty(document, 'prerendering')
  const views = batches().flatMap(({ events }) => events.filter(({ type }) => type === 'page-view'))
  expect(views).toMatchObject([{ navigationType: 'prerender' }])
})
