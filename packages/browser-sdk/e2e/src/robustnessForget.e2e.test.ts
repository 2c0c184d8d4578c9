import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { prepareStage, type StageWindow } from './support/prepareStage.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: StageWindow & typeof globalThis

const stage = prepareStage()
const { names, stored } = stage

const track = (page: Page, name: string) => page.evaluate((event) => window.observe.track(event), name)
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('observe')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('batches').objectStore('batches').getAll()
          all.onsuccess = () => resolve(all.result)
        }
      }),
  )

/** A visit with something in every place that the SDK, the recorder and Umami know. */
const leaveTraces = async () => {
  const page = await stage.visit()
  await track(page, 'sent')
  await waitFor('the first event', () => names().includes('sent'))
  await stage.collector.stop()
  await track(page, 'stored')
  await waitFor('the stored batch', async () => (await stored(page)).includes('observe.outbox'))
  await page.evaluate(() => {
    localStorage.setItem('__openreplay_uuid', 'visitor')
    sessionStorage.setItem('__openreplay_token', 'token')
    localStorage.setItem('theirs', 'kept')
    localStorage.setItem('observe.exit.before', JSON.stringify({ id: 'x', body: '{}', count: 1, at: 1 }))
    window.observe.track('queued')
  })
  expect(await kept(page)).not.toEqual([])
  return { page, id: await page.evaluate(() => window.observe.session.id) }
}

it.each<[string, () => void]>([
  ['forget()', () => window.observe.forget()],
  [
    'consent that is denied and given anew',
    () => {
      window.observe.setConsent('denied')
      window.observe.setConsent('granted')
    },
  ],
])('%s leaves no id and no event from before, here or on the way', async (_, forget) => {
  const { page, id } = await leaveTraces()
  const before = stage.collector.batches.length
  await page.evaluate((source) => new Function(`(${source})()`)(), String(forget))
  await waitFor('the empty disk', async () => (await kept(page)).length === 0)
  expect((await stored(page)).sort()).toEqual(['database observe', 'observe.session', 'theirs'])
  const after = await page.evaluate(() => [
    window.observe.session.id,
    JSON.parse(localStorage.getItem('observe.session') ?? '').id,
  ])
  expect(after).toEqual([after[0], after[0]])
  expect(after[0]).not.toBe(id)

  await stage.collector.start()
  await track(page, 'after')
  await waitFor('the next event', () => names().includes('after'))
  await page.close({ runBeforeUnload: true })
  const revisit = await stage.visit('/again')
  await track(revisit, 'revisit')
  await waitFor('the event of the next visit', () => names().includes('revisit'))
  // Left-overs of earlier visits are taken up after a second.
  await revisit.waitForTimeout(2_500)
  expect(names()).toEqual(['sent', 'after', 'revisit'])
  const sent = stage.collector.batches.slice(before)
  expect(new Set(sent.map(({ envelope }) => envelope.session.id))).toEqual(new Set([after[0]]))
  expect(sent.map(({ body }) => body).join()).not.toContain(id)
})

it('forget() tells how many events it forgot', async () => {
  const { page } = await leaveTraces()
  await page.evaluate(() => window.observe.forget())
  await waitFor('the count', () =>
    page.evaluate(
      () => (window.observe.status.dropped.consent ?? 0) >= 2 && window.observe.status.undelivered === 0,
    ),
  )
  expect(await page.evaluate(() => window.observe.status.queued)).toBe(0)
})
