import type { ServerResponse } from 'node:http'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { prepareStage, type StageWindow } from './support/prepareStage.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: StageWindow & typeof globalThis

const stage = prepareStage()
const { eventsOf, names } = stage

const track = (page: Page, name: string) => page.evaluate((event) => window.observe.track(event), name)
const status = (page: Page) => page.evaluate(() => window.observe.status)
const refuse = (code: number, text = '{"error":{"code":"X","message":"x"}}', type = 'application/json') => {
  let count = 0
  stage.collector.behave = (_, response: ServerResponse) => {
    count++
    response.writeHead(code, { 'content-type': type }).end(text)
    return true
  }
  return () => count
}

it.each([401, 403])('takes %i for an answer: the events are counted and not sent again', async (code) => {
  const requests = refuse(code)
  const page = await stage.visit()
  await track(page, 'refused')
  await waitFor('the refusal', async () => ((await status(page)).dropped.rejected ?? 0) > 0)
  const before = requests()
  await page.waitForTimeout(2_500)
  expect(requests()).toBe(before)
  expect(await status(page)).toMatchObject({ state: 'active', collector: 'down', sent: 0, undelivered: 0 })

  stage.collector.behave = undefined
  const { rejected = 0 } = (await status(page)).dropped
  await track(page, 'accepted')
  await waitFor('the next event', () => names().includes('accepted'))
  expect(names()).toEqual(['accepted'])
  const told = stage.collector.batches.reduce(
    (sum, { envelope }) => sum + (envelope.dropped?.rejected ?? 0),
    0,
  )
  expect(told).toBe(rejected)
  await waitFor('the answer', async () => (await status(page)).collector === 'up')
})

it('believes no page that answers in the place of the collector, and delivers when it is back', async () => {
  const requests = refuse(200, '<!doctype html><title>Sign in to the hotel</title>', 'text/html')
  const page = await stage.visit()
  await track(page, 'patient')
  await waitFor('the answer', async () => (await status(page)).collector === 'down')
  expect(await status(page)).toMatchObject({ sent: 0, dropped: {} })
  expect((await status(page)).undelivered).toBeGreaterThan(0)
  expect(requests()).toBeGreaterThan(0)
  stage.collector.behave = undefined
  await waitFor('the event', () => names().includes('patient'))
  await waitFor('an empty outbox', async () => (await status(page)).undelivered === 0)
  expect(new Set(stage.collector.deliveries).size).toBe(stage.collector.deliveries.length)
})

it.each([429, 500])('lets all others pass by a batch that is answered %i for ever', async (code) => {
  stage.collector.behave = (request, response) => {
    const isPoison = Number(request.headers['content-length']) > 5_000
    if (isPoison) response.writeHead(code).end('{}')
    return isPoison
  }
  const page = await stage.visit()
  await waitFor('the page view', () => eventsOf('page-view')[0])
  await page.evaluate(async () => {
    for (let index = 0; index < 20; index++) window.observe.track('poison', { text: 'x'.repeat(400) })
    await window.observe.flush()
  })
  for (let index = 0; index < 8; index++) {
    await track(page, `healthy ${'abcdefgh'[index]}`)
    await page.waitForTimeout(700)
  }
  await waitFor('the others', () => names().length === 8)
  expect(names().every((name) => name.startsWith('healthy'))).toBe(true)
  expect(await status(page)).toMatchObject({ undelivered: 1, dropped: {} })
})

it('delivers on the next visit what a page sent in vain that ended before its second chunk was there', async () => {
  await stage.context.route('**/createPipeline*', (route) => route.abort())
  await stage.collector.stop()
  const page = await stage.visit('/hasty')
  await track(page, 'in vain')
  await page.close({ runBeforeUnload: true })
  await new Promise((resolve) => setTimeout(resolve, 3_500))

  await stage.context.unroute('**/createPipeline*')
  await stage.collector.start()
  const revisit = await stage.visit('/again')
  await waitFor('what was left behind', () => names().includes('in vain'))
  expect(
    eventsOf('page-view')
      .map(({ page: { path } }) => path)
      .sort(),
  ).toEqual(['/again', '/hasty'])
  await waitFor('the empty journal', async () =>
    (await stage.stored(revisit)).every((name) => !name.startsWith('observe.exit')),
  )
})
