import type { Envelope, ObserveEvent } from '@acme/observe-schema/types'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ObserveOptions } from '../options/ObserveOptions.ts'
import { createObservability } from './createObservability.ts'
import type { Observability } from './Observability.ts'

const OPTIONS: ObserveOptions = {
  app: 'shop',
  environment: 'test',
  collector: { endpoint: 'https://collector.example/v1/events' },
  umami: { websiteId: 'website', host: 'https://umami.example' },
}

let observe: Observability
let send: ReturnType<typeof vi.fn<(url: string, init: RequestInit) => Promise<Response>>>
const start = (options: Partial<ObserveOptions> = {}) => {
  observe = createObservability({ ...OPTIONS, ...options }, () => {})
}
const sentTo = <Body>(place: string): Body[] =>
  send.mock.calls.filter(([url]) => url.includes(place)).map(([, { body }]) => JSON.parse(body as string))
const batches = () => sentTo<Envelope>('collector.example')
const events = () => batches().flatMap(({ events }) => events)
const told = ({ type, page, ...event }: ObserveEvent) => [
  'name' in event && type === 'custom' ? event.name : type,
  page,
]
const become = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}
const end = () => {
  window.dispatchEvent(new Event('pagehide'))
  become('hidden')
}

beforeEach(() => {
  localStorage.clear()
  history.replaceState({}, '', '/landing')
  document.title = 'Landing'
  vi.stubGlobal('indexedDB', new IDBFactory())
  send = vi.fn(async () => new Response('{"accepted":1,"rejected":[]}', { status: 202 }))
  vi.stubGlobal('fetch', send)
})
afterEach(async () => {
  await observe.shutdown()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a route that is shown before the pipeline is there', () => {
  const hurry = () => {
    observe.setRoute('/landing')
    history.pushState({}, '', '/orders/4711')
    observe.setRoute('/orders/:orderId')
    document.title = 'Order'
    observe.track('ordered')
    history.pushState({}, '', '/thanks')
    document.title = 'Thanks'
  }
  const ORDER = { path: '/orders/:id', route: '/orders/:orderId', title: 'Order' }

  it('has its own page view, and its events its name', async () => {
    start()
    hurry()
    await observe.flush()
    expect(events().map(told)).toEqual([
      ['page-view', { path: '/landing', route: '/landing', title: 'Landing' }],
      ['page-view', ORDER],
      ['ordered', ORDER],
      ['page-view', { path: '/thanks', title: 'Thanks' }],
    ])
    expect(new Set(events().map(({ traceId }) => traceId)).size).toBe(3)
    await vi.waitFor(() => expect(sentTo('umami.example')).toHaveLength(4))
    expect(
      sentTo<{ payload: { url: string; title: string } }>('umami.example').map(({ payload }) => [
        payload.url,
        payload.title,
      ]),
    ).toEqual([
      ['/landing', 'Landing'],
      ['/orders/:id', 'Order'],
      ['/orders/:id', 'Order'],
      ['/thanks', 'Thanks'],
    ])
  })

  it('has them as well when the page ends by then', () => {
    start()
    hurry()
    end()
    expect(events().map(told)).toEqual([
      ['page-view', { path: '/landing' }],
      ['page-view', { path: '/orders/:id' }],
      ['ordered', { path: '/orders/:id' }],
      ['page-view', { path: '/thanks' }],
    ])
  })

  it('goes along with the requests that it makes', async () => {
    start()
    const traces: string[] = []
    for (const path of ['/orders/4711', '/thanks']) {
      history.pushState({}, '', path)
      await fetch('/api/stock')
      const [, init] = send.mock.calls.at(-1) ?? []
      traces.push(new Headers(init?.headers).get('traceparent')?.split('-')[1] ?? '')
    }
    await observe.flush()
    const views = events().filter(({ type }) => type === 'page-view')
    expect(views.slice(1).map(({ traceId }) => traceId)).toEqual(traces)
  })
})

describe('a tab that is hidden before the pipeline is there', () => {
  const fail = () => observe.captureError(new RangeError('out of range'))
  const errors = () => events().flatMap((event) => (event.type === 'error' ? [event] : []))

  it('tells of its errors and events once, with all there is to say', async () => {
    start()
    fail()
    observe.track('ordered', { items: 2 })
    become('hidden')
    // Nobody knows whether it will ever be shown again: what is whole goes at once.
    expect(events().map(({ type }) => type)).toEqual(['page-view'])
    become('visible')
    fail()
    become('hidden')
    become('visible')
    await observe.flush()
    await observe.flush()
    const ids = events().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(events().map(({ type }) => type)).toEqual(['page-view', 'error', 'custom'])
    expect(errors()).toMatchObject([{ name: 'RangeError', message: 'out of range', count: 2 }])
    expect(errors()[0]?.frames?.length).toBeGreaterThan(0)
    expect(events().at(-1)).toMatchObject({ name: 'ordered', properties: { items: 2 } })
  })

  it('finishes them while it is hidden, too', async () => {
    start()
    fail()
    become('hidden')
    await observe.flush()
    expect(errors()).toMatchObject([{ message: 'out of range', count: 1 }])
  })

  it.each([
    ['hidden when it ends', () => become('hidden'), () => window.dispatchEvent(new Event('pagehide'))],
    ['shown again before it ends', () => [become('hidden'), become('visible')], end],
  ])('says what it can, %s', (_, before, finish) => {
    start()
    fail()
    before()
    expect(errors()).toEqual([])
    finish()
    expect(errors()).toMatchObject([{ name: 'Error', message: '[unmasked]', count: 1 }])
    expect(events().filter(({ type }) => type === 'page-view')).toHaveLength(1)
  })

  it('counts as left no more once it is back from the back/forward cache', () => {
    start()
    end()
    become('visible')
    fail()
    become('hidden')
    expect(errors()).toEqual([])
  })

  it('leaves to the pipeline the routes that only that tells Umami of', async () => {
    start()
    history.pushState({}, '', '/cart')
    become('hidden')
    expect(events()).toMatchObject([{ page: { path: '/landing' } }])
    await observe.flush()
    await vi.waitFor(() =>
      expect(
        sentTo<{ payload: { url: string } }>('umami.example').map(({ payload }) => payload.url),
      ).toContain('/cart'),
    )
  })
})
