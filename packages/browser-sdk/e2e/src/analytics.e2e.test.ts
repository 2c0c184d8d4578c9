import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findMarkers } from './support/findMarkers.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { startCollector, type TestCollector } from './support/startCollector.ts'
import { startSite, type TestSite } from './support/startSite.ts'
import { startUmami, type TestUmami } from './support/startUmami.ts'
import { waitFor } from './support/waitFor.ts'

const script = `
  import { initObservability } from '../../../src/index.ts'
  window.observe = initObservability(OPTIONS)
`
type Handle = import('../../src/index.ts').Observability
declare const window: { observe: Handle } & typeof globalThis
const WEBSITE = '0a8ed02c-1c9f-4d2c-8f0e-6a3f8a2f3c11'

let browser: Browser
let collector: TestCollector
let umami: TestUmami
let site: TestSite

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  collector = await startCollector()
  umami = await startUmami()
})
afterEach(async () => {
  await site.stop()
  await umami.stop()
  await collector.stop()
})

const open = async (options: object, path = '/', more: object = {}) => {
  site = await startSite({
    script,
    options: {
      app: 'test',
      environment: 'test',
      collector: { endpoint: collector.endpoint },
      umami: { websiteId: WEBSITE, host: umami.host, ...options },
      ...more,
    },
  })
  const page = await browser.newPage()
  await page.goto(site.origin + path, { referer: 'https://search.example/?q=jane@example.com' })
  await page.waitForFunction(() => 'observe' in window)
  return page
}

describe.each(['direct', 'script'] as const)('in %s mode', (mode) => {
  it('tells of page views and events under the session id, sanitized and within the limits', async () => {
    const page = await open({ mode, tag: 't'.repeat(80) }, '/orders/4711?email=mkquery@example.com#mkhash')
    await waitFor('the first page view', () => umami.requests[0])
    const id = await page.evaluate(async () => {
      const { observe } = window
      history.pushState({}, '', '/cart?name=mkspa')
      document.title = 'Cart of mktitle@example.com'
      await new Promise((resolve) => setTimeout(resolve, 400))
      observe.track('n'.repeat(90), {
        note: 'mkdata@example.com',
        long: 'x'.repeat(900),
        password: 'mkpassword',
      })
      history.back()
      await new Promise((resolve) => setTimeout(resolve, 400))
      location.hash = '#/details'
      observe.identify('u_123')
      await new Promise((resolve) => setTimeout(resolve, 400))
      return observe.session.id
    })
    await waitFor('all events', () => umami.requests.length >= 6)
    const [first, second, custom] = umami.requests.map(({ payload }) => payload)
    expect(umami.violations).toEqual([])
    expect(new Set(umami.requests.map(({ payload }) => payload.id))).toEqual(new Set([id]))
    expect(first).toMatchObject({
      website: WEBSITE,
      hostname: '127.0.0.1',
      url: '/orders/:id',
      title: 'Test',
      referrer: 'https://search.example/',
    })
    expect(second).toMatchObject({
      url: '/cart',
      title: 'Cart of [email]',
      referrer: `${site.origin}/orders/:id`,
    })
    expect(custom?.name).toHaveLength(50)
    expect(umami.requests.map(({ payload }) => payload.url)).toContain('/orders/:id#/details')
    expect(umami.requests.map(({ type }) => type)).toContain('identify')
    expect(
      findMarkers(
        umami.requests.flatMap(({ raw, headers }) => [raw, JSON.stringify(headers)]),
        ['mk', 'jane'],
      ),
    ).toEqual([])
    expect(await page.evaluate(() => window.observe.status.analytics.state)).toBe('sending')
    await page.close()
  })
})

it('needs no preflight and no script, and counts a visit that ends at once', async () => {
  const page = await open({})
  await page.waitForFunction(() => window.observe.status.analytics.state !== 'off')
  await page.close()
  await waitFor('the page view', () => umami.requests[0])
  expect(umami.preflights).toBe(0)
  expect(umami.requests[0]?.headers['content-type']).toBe('text/plain;charset=UTF-8')
  expect(umami.requests[0]?.headers.cookie).toBeUndefined()
})

it('counts the domains asked for only', async () => {
  const page = await open({ domains: ['shop.example.com'] })
  await page.waitForTimeout(800)
  expect(umami.requests).toEqual([])
  expect(await page.evaluate(() => window.observe.status.analytics.state)).toBe('off')
  await page.close()
})

it.each(['direct', 'script'] as const)(
  'says so when %s mode is blocked, and leaves the page alone',
  async (mode) => {
    const problems: string[] = []
    const page = await open({ mode, host: 'http://127.0.0.1:9' })
    page.on('pageerror', ({ message }) => problems.push(message))
    await waitFor('the status', () =>
      page.evaluate(() => window.observe.status.analytics.state === 'blocked'),
    )
    expect(problems).toEqual([])
    await page.close()
  },
)

it.each([
  ['its script', {}, '**/script.js'],
  ['its endpoint', {}, '**/api/send'],
  ['its script, with reports of requests off', { requests: false }, '**/script.js'],
])('keeps to itself in script mode that %s is blocked', async (_, options, blocked) => {
  const page = await open({ mode: 'script' }, '/', options)
  await page.route(blocked, (route) => route.abort('blockedbyclient'))
  await waitFor('the status', () => page.evaluate(() => window.observe.status.analytics.state === 'blocked'))
  await page.evaluate(async () => {
    window.observe.captureError(new Error('of the application'))
    await window.observe.flush()
  })
  const told = collector.events().filter(({ type }) => type === 'error' || type === 'custom')
  expect(told).toMatchObject([{ type: 'error', message: 'of the application' }])
  expect(JSON.stringify(told)).not.toContain(new URL(umami.host).host)
  await page.close()
})
