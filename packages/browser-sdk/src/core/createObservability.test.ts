import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { JOURNAL_PREFIX } from '../delivery/exitJournal.ts'
import { openStore } from '../delivery/outbox/openStore.ts'
import type { ObserveOptions } from '../options/ObserveOptions.ts'
import { createObservability } from './createObservability.ts'
import type { Observability } from './Observability.ts'

const OPTIONS: ObserveOptions = {
  app: 'shop',
  environment: 'test',
  collector: { endpoint: 'https://collector.example/v1/events' },
}
const accept = async () => new Response('{"accepted":1,"rejected":[]}', { status: 202 })

let observe: Observability
let send: ReturnType<typeof vi.fn<(url: string, init: RequestInit) => Promise<Response>>>
const start = (options: Partial<ObserveOptions> = {}) => {
  observe = createObservability({ ...OPTIONS, ...options }, () => {})
}
const batches = (): { events: { type: string; name?: string }[] }[] =>
  send.mock.calls.map(([, { body }]) => JSON.parse(body as string))
const names = () => batches().flatMap(({ events }) => events.map(({ name, type }) => name ?? type))
const end = () => {
  window.dispatchEvent(new Event('pagehide'))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}
const stored = async () => (await openStore(indexedDB)).all()

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('indexedDB', new IDBFactory())
  send = vi.fn(accept)
  vi.stubGlobal('fetch', send)
})
afterEach(async () => {
  await observe.shutdown()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('before the pipeline is there', () => {
  const leftBehind = async () => {
    await (await openStore(indexedDB)).put({ id: 'a', body: '{}', bytes: 2, count: 1, at: Date.now() })
    localStorage.setItem('observe.exit.b', '{}')
  }

  it.each([
    ['refused consent', () => observe.setConsent('denied')],
    ['forget()', () => observe.forget()],
  ])('%s deletes what was noticed and what is stored', async (_, ask) => {
    await leftBehind()
    start()
    observe.track('before')
    const { id } = observe.session
    ask()
    expect(observe.status.queued).toBe(0)
    observe.setConsent('granted')
    observe.track('after')
    expect(observe.session.id).not.toBe(id)
    await observe.flush()
    expect(names()).toContain('after')
    expect(names()).not.toContain('before')
    await vi.waitFor(async () => expect(await stored()).toEqual([]))
    expect(localStorage.getItem('observe.exit.b')).toBeNull()
  })

  it('consent that is refused from the start deletes what an earlier visit left', async () => {
    await leftBehind()
    start({ consent: 'denied' })
    await observe.flush()
    await vi.waitFor(async () => expect(await stored()).toEqual([]))
    expect(Object.keys(localStorage)).toEqual([])
  })

  it.each<Partial<ObserveOptions>>([{ beforeSend: () => null }, { sampleRate: 0 }, { ignoreErrors: ['x'] }])(
    'a page that ends sends nothing that %o has not seen',
    async (options) => {
      start(options)
      observe.track('early')
      end()
      expect(send).not.toHaveBeenCalled()
      await observe.flush()
      if (!options.ignoreErrors) expect(send).not.toHaveBeenCalled()
      else expect(names()).toContain('early')
    },
  )

  describe('a page that ends', () => {
    const kept = () => Object.entries({ ...localStorage }).filter(([key]) => key.startsWith(JOURNAL_PREFIX))

    it('keeps what it sends until the collector has it', async () => {
      let answer = (_: Response) => {}
      send.mockReturnValueOnce(
        new Promise((resolve) => {
          answer = resolve
        }),
      )
      start()
      end()
      const [[, text] = []] = kept()
      expect(text).toBe(send.mock.calls[0]?.[1].body)
      answer(await accept())
      await vi.waitFor(() => expect(kept()).toEqual([]))
    })

    it.each([
      ['no answer', () => Promise.reject(new TypeError('Failed to fetch'))],
      ['an error', async () => new Response('', { status: 503 })],
      ['the page of a captive portal', async () => new Response('<!doctype html>', { status: 200 })],
    ])('leaves it to the next page when %s comes back', async (_, respond) => {
      send.mockImplementationOnce(respond)
      start()
      observe.track('early')
      end()
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [[, text = ''] = []] = kept()
      expect(
        JSON.parse(text).events.map(({ name, type }: { name?: string; type: string }) => name ?? type),
      ).toEqual(['page-view', 'early'])
    })

    it.each<Partial<ObserveOptions>>([{ consent: 'pending' }, { consent: 'denied' }])(
      'keeps nothing with %o',
      (options) => {
        start(options)
        end()
        expect(Object.keys(localStorage)).toEqual([])
      },
    )
  })

  it('a page that ends sends no more events than a batch may hold, and how many others there were', async () => {
    start()
    for (let index = 0; index < 149; index++) observe.track(`early`)
    observe.track('last')
    end()
    await vi.waitFor(() => expect(send).toHaveBeenCalled())
    expect(batches()).toMatchObject([{ dropped: { 'queue-full': 51 } }])
    expect(names()).toHaveLength(100)
    expect([names().at(0), names().at(-1)]).toEqual(['page-view', 'last'])
    await observe.flush()
    expect(observe.status.dropped).toEqual({})
  })
})

it('sends the id of a forgotten session with no request', async () => {
  start()
  const { id } = observe.session
  observe.forget()
  await fetch('/api/orders')
  const headers = new Headers(send.mock.calls.find(([url]) => url === '/api/orders')?.[1]?.headers)
  expect(headers.get('x-observe-session-id')).toMatch(/^[\da-f-]{36}$/)
  expect(headers.get('x-observe-session-id')).not.toBe(id)
})

it('shuts down quietly where fetch returns no promise', async () => {
  vi.stubGlobal('fetch', () => undefined)
  start()
  await expect(observe.shutdown()).resolves.toBeUndefined()
})

it('does not record a session outside the sample, whenever consent is given', async () => {
  start({
    sampleRate: 0,
    consent: 'pending',
    openReplay: { projectKey: 'key', ingestPoint: 'https://replay.example/ingest' },
  })
  await observe.flush()
  observe.setConsent('granted')
  expect(observe.status.replay.state).toMatch(/^(?:off|stopped)$/)
})
