import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { observeRequests, type RequestDependencies, type RequestReport } from './observeRequests.ts'

const HEADERS = { 'x-observe-session-id': 'session', traceparent: '00-trace-span-01' }
let stops: (() => void)[] = []
const observe = (dependencies: RequestDependencies) => {
  stops = observeRequests(dependencies)
}
const stop = () => {
  for (const each of stops) each()
}
let reports: RequestReport[]
let sent: [input: RequestInfo | URL, init: RequestInit | undefined][]
const original = window.fetch

beforeEach(() => {
  reports = []
  sent = []
  window.fetch = vi.fn(async (input, init) => {
    sent.push([input, init])
    return new Response('', { status: 201 })
  })
  observe({
    now: () => performance.now(),
    propagateTo: [
      'https://api.example.com/',
      'https://bare.example.com',
      'https://path.example.com/v1',
      /\.internal\.example/,
      /\.global\.example/g,
      /https:..sticky\.example/y,
    ],
    headers: () => ({ ...HEADERS }),
    report: (request) => reports.push(request),
  })
})
afterEach(() => {
  stop()
  window.fetch = original
})

const headersOf = (index = 0) => Object.fromEntries(new Headers(sent[index]?.[1]?.headers))

it.each([
  ['/orders', HEADERS],
  [`${location.origin}/orders`, HEADERS],
  ['https://api.example.com/orders', HEADERS],
  ['https://eu.internal.example/x', HEADERS],
  ['https://eu.global.example/x', HEADERS],
  ['https://sticky.example/x', HEADERS],
  ['https://bare.example.com', HEADERS],
  ['https://bare.example.com/orders', HEADERS],
  ['https://path.example.com/v1', HEADERS],
  ['https://path.example.com/v1?page=2', HEADERS],
  ['https://path.example.com/v1#top', HEADERS],
  ['https://path.example.com/v1/orders', HEADERS],
  ['https://path.example.com/v10', {}],
  ['https://api.example.com.evil.example/orders', {}],
  ['https://bare.example.com.evil.example/orders', {}],
  ['https://bare.example.com@evil.example/orders', {}],
  ['https://bare.example.com:8443/orders', {}],
  ['https://elsewhere.example/', {}],
])('sends the headers to %s: %j', async (url, headers) => {
  await fetch(url)
  await fetch(new URL(url, location.href))
  expect(headersOf()).toEqual(headers)
  expect(headersOf(1)).toEqual(headers)
})

it('adds to the headers of a Request and of the options, and overwrites none', async () => {
  const request = new Request('/orders', { method: 'POST', headers: { accept: 'text/csv' }, body: 'x' })
  await fetch(request, { headers: { traceparent: 'mine' } })
  expect(headersOf()).toEqual({ traceparent: 'mine', 'x-observe-session-id': 'session' })
  await fetch(new Request('/orders', { headers: { accept: 'text/csv' } }))
  expect(headersOf(1)).toEqual({ accept: 'text/csv', ...HEADERS })
  expect(reports.map(({ method }) => method)).toEqual(['POST', 'GET'])
})

it('reports what came of a request, and rejects as fetch did', async () => {
  await fetch('/orders', { method: 'put' })
  expect(reports[0]).toMatchObject({ method: 'PUT', url: `${location.origin}/orders`, status: 201 })
  stop()
  window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  observe({
    now: () => 0,
    propagateTo: [],
    headers: () => ({}),
    report: (request) => reports.push(request),
  })
  await expect(fetch('/orders')).rejects.toThrow('Failed to fetch')
  expect(reports[1]?.status).toBe(0)
})

it.each([undefined, 'text', Promise.resolve(undefined)])(
  'returns what a fetch of others returns, even %j',
  async (answer) => {
    const onRejection = vi.fn()
    window.addEventListener('unhandledrejection', onRejection)
    stop()
    window.fetch = (() => answer) as unknown as typeof fetch
    observe({
      now: () => 0,
      propagateTo: [],
      headers: () => ({}),
      report: (request) => reports.push(request),
    })
    expect(fetch('/orders')).toBe(answer)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(onRejection).not.toHaveBeenCalled()
    window.removeEventListener('unhandledrejection', onRejection)
  },
)

it('throws what a fetch of others throws', () => {
  stop()
  window.fetch = () => {
    throw new RangeError('theirs')
  }
  observe({ now: () => 0, propagateTo: [], headers: () => ({}), report: () => {} })
  expect(() => fetch('/orders')).toThrow('theirs')
})

it('leaves strange calls to the browser', async () => {
  stop()
  window.fetch = original
  observe({ now: () => 0, propagateTo: [], headers: () => ({}), report: () => {} })
  await expect(fetch('https://user:password@example.com/')).rejects.toThrow(TypeError)
  await expect((fetch as (...values: unknown[]) => Promise<unknown>)()).rejects.toThrow(TypeError)
})

it('sends the headers by XMLHttpRequest, once each', async () => {
  const set = vi.fn()
  stop()
  const { setRequestHeader } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
    set(name, value)
    return setRequestHeader.call(this, name, value)
  }
  observe({
    now: () => 0,
    propagateTo: [],
    headers: () => ({ ...HEADERS }),
    report: (request) => reports.push(request),
  })
  const request = new XMLHttpRequest()
  request.open('GET', location.href)
  request.setRequestHeader('Traceparent', 'mine')
  request.send()
  await new Promise((resolve) => request.addEventListener('loadend', resolve))
  expect(set.mock.calls).toEqual([
    ['Traceparent', 'mine'],
    ['x-observe-session-id', 'session'],
  ])
  expect(reports[0]).toMatchObject({ method: 'GET', status: 200 })
  stop()
  XMLHttpRequest.prototype.setRequestHeader = setRequestHeader
})

it('works under and over the patches of others, and leaves those in place', async () => {
  const ours = window.fetch
  const theirs = vi.fn((...values: Parameters<typeof fetch>) => ours(...values))
  window.fetch = theirs
  await fetch('/orders')
  expect(theirs).toHaveBeenCalledTimes(1)
  expect(headersOf()).toEqual(HEADERS)
  stop()
  expect(window.fetch).toBe(theirs)
})

it('reports neither what the application broke off nor answers that it asked not to read', async () => {
  stop()
  window.fetch = vi.fn(async () => Response.error())
  observe({
    now: () => 0,
    propagateTo: [],
    headers: () => ({}),
    report: (request) => reports.push(request),
  })
  await fetch('https://elsewhere.example/opaque', { mode: 'no-cors' })
  stop()
  window.fetch = vi.fn(() => Promise.reject(new DOMException('aborted', 'AbortError')))
  observe({
    now: () => 0,
    propagateTo: [],
    headers: () => ({}),
    report: (request) => reports.push(request),
  })
  await fetch('/search?q=a').catch(() => {})
  await new Promise((resolve) => setTimeout(resolve))
  expect(reports).toEqual([])
})

it('reports by XMLHttpRequest what failed and not what the application broke off, each once', async () => {
  const request = new XMLHttpRequest()
  const send = (url: string) => {
    request.open('GET', url)
    request.send()
  }
  const ended = () => new Promise((resolve) => request.addEventListener('loadend', resolve, { once: true }))
  send('/aborted')
  request.abort()
  // Opened anew, it gives up what was under way.
  send('/given-up')
  send('http://127.0.0.1:9/refused')
  await ended()
  send(location.href)
  await ended()
  request.abort()
  expect(reports.map(({ url, status }) => [url, status])).toEqual([
    ['http://127.0.0.1:9/refused', 0],
    [location.href, 200],
  ])
})
