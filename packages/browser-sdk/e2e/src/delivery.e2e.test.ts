import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { prepareStage, type StageWindow } from './support/prepareStage.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: StageWindow & typeof globalThis

const stage = prepareStage()
const { eventsOf, names } = stage
const open = (path?: string) =>
  stage.visit(path, { collector: { endpoint: stage.collector.endpoint, batchIntervalMs: 300 } })
const track = (page: Page, name: string) => page.evaluate((event) => window.observe.track(event), name)

it('sends everything that is left in one batch when the tab closes', async () => {
  const { collector } = stage
  const page = await open()
  await page.click('#pay')
  await waitFor('the first input', () => eventsOf('web-vital').some(({ name }) => name === 'FID'))
  await track(page, 'last')
  await page.close({ runBeforeUnload: true })
  await waitFor('CLS', () => eventsOf('web-vital').some(({ name }) => name === 'CLS'))
  const left = collector.batches
    .at(-1)
    ?.envelope.events.map((event) => ('name' in event ? event.name : event.type))
  expect(left).toEqual(expect.arrayContaining(['last', 'CLS', 'INP']))
})

it('reports the page view, all six vitals and three kinds of errors of one visit', async () => {
  const { collector } = stage
  const site = await stage.serve()
  const page = await open('/orders/4711?email=jane@example.com')
  await page.click('#pay')
  await page.evaluate(() => {
    setTimeout(() => {
      throw new TypeError('cannot pay for jane@example.com')
    })
    void Promise.reject(new Error('rejected', { cause: new Error('the cause') }))
    const image = new Image()
    image.src = '/missing.png?token=secret'
    document.body.append(image)
  })
  await waitFor('three errors', () => eventsOf('error').length === 3)
  await page.close({ runBeforeUnload: true })
  await waitFor('all vitals', () => new Set(eventsOf('web-vital').map(({ name }) => name)).size === 6)

  expect(eventsOf('page-view')).toMatchObject([
    { navigationType: 'load', page: { path: '/orders/:id', title: 'Test' } },
  ])
  const vitals = Object.fromEntries(eventsOf('web-vital').map((vital) => [vital.name, vital]))
  expect(Object.keys(vitals).sort()).toEqual(['CLS', 'FCP', 'FID', 'INP', 'LCP', 'TTFB'])
  expect(vitals.LCP?.attribution).toMatchObject({ target: 'h1#title' })
  expect(vitals.FID?.attribution).toMatchObject({ target: 'button#pay' })

  const errors = Object.fromEntries(eventsOf('error').map((error) => [error.source, error]))
  expect(errors.window).toMatchObject({
    name: 'TypeError',
    message: 'cannot pay for [email]',
    handled: false,
  })
  expect(
    errors.window?.breadcrumbs?.some(
      ({ category, message }) => category === 'click' && message === 'button#pay',
    ),
  ).toBe(true)
  expect(errors.rejection).toMatchObject({
    message: 'rejected',
    causes: [{ name: 'Error', message: 'the cause' }],
  })
  expect(errors.resource?.message).toBe(`<img> failed to load: ${site.origin}/missing.png`)
  expect(collector.batches.map(({ body }) => body).join()).not.toMatch(/jane|secret/)
  expect(new Set(collector.batches.map(({ envelope }) => envelope.session.id)).size).toBe(1)
})

it('carries the session id to the same origin only, and never watches itself', async () => {
  const { collector } = stage
  const site = await stage.serve()
  const page = await open()
  const id = await page.evaluate(async (elsewhere) => {
    await fetch('/api/orders')
    await fetch(elsewhere).catch(() => {})
    const request = new XMLHttpRequest()
    request.open('GET', '/api/stock')
    request.send()
    await new Promise((resolve) => request.addEventListener('loadend', resolve))
    return window.observe.session.id
  }, `${collector.endpoint}?other`)
  const calls = site.requests.filter(({ url }) => url.startsWith('/api/'))
  expect(calls.map(({ headers }) => headers['x-observe-session-id'])).toEqual([id, id])
  expect(calls[0]?.headers.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
  await waitFor('a batch', () => collector.batches[0])
  expect(
    collector.batches.every(
      ({ headers }) => !('x-observe-session-id' in headers) && !('traceparent' in headers),
    ),
  ).toBe(true)
  expect(collector.batches.every(({ headers }) => headers.cookie === undefined)).toBe(true)
})

it('sends what is queued when the tab is closed abruptly', async () => {
  const page = await open()
  await track(page, 'last words')
  await page.close()
  await waitFor('the last event', () => names().includes('last words'))
})

it('finds every event exactly once after the collector was down in the middle of a visit', async () => {
  const { collector } = stage
  const page = await open()
  await track(page, 'before')
  await waitFor('the first event', () => names().includes('before'))
  await collector.stop()
  await track(page, 'during-1')
  await page.waitForTimeout(500)
  await track(page, 'during-2')
  await page.close()
  await new Promise((resolve) => setTimeout(resolve, 3_500))
  await collector.start()
  const revisit = await open()
  await track(revisit, 'after')
  await waitFor('all events', () => names().length >= 4)
  await revisit.close()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(names().sort()).toEqual(['after', 'before', 'during-1', 'during-2'])
  expect(new Set(collector.events().map(({ id }) => id)).size).toBe(collector.events().length)
})

it('sends what an outage left behind once, also when two tabs open together', async () => {
  const { collector } = stage
  const page = await open()
  await track(page, 'before')
  await waitFor('the first event', () => names().includes('before'))
  await collector.stop()
  for (const name of ['lost-1', 'lost-2', 'lost-3']) {
    await track(page, name)
    await page.waitForTimeout(400)
  }
  await waitFor('the outage to be noticed', () =>
    page.evaluate(() => window.observe.status.collector === 'down'),
  )
  await page.close()
  await new Promise((resolve) => setTimeout(resolve, 3_500))
  await collector.start()
  const tabs = await Promise.all([open('/one'), open('/two')])
  await waitFor(
    'all events',
    () => ['lost-1', 'lost-2', 'lost-3'].every((name) => names().includes(name)),
    20_000,
  )
  for (const tab of tabs) await tab.close()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(names().sort()).toEqual(['before', 'lost-1', 'lost-2', 'lost-3'])
  expect(new Set(collector.deliveries).size).toBe(collector.deliveries.length)
})

it('waits as long as the collector asks, and splits what it finds too large', async () => {
  const { collector } = stage
  const page = await open()
  let refusals = 0
  const sizes: number[] = []
  collector.behave = (request, response) => {
    const size = Number(request.headers['content-length'])
    if (refusals++ === 0) {
      response.writeHead(429, { 'retry-after': '2' }).end('{}')
      return true
    }
    if (size > 6_000) {
      sizes.push(size)
      response.writeHead(413).end('{}')
      return true
    }
    return false
  }
  const begun = Date.now()
  await page.evaluate(() => {
    for (let index = 0; index < 40; index++)
      window.observe.track(`event ${String.fromCharCode(97 + index)}`, { text: 'x'.repeat(400) })
  })
  await waitFor('all forty', () => names().filter((name) => name.startsWith('event')).length === 40, 30_000)
  expect(Date.now() - begun).toBeGreaterThanOrEqual(2_000)
  expect(sizes.length).toBeGreaterThan(0)
  expect(new Set(collector.events().map(({ id }) => id)).size).toBe(collector.events().length)
})
