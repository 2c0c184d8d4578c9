import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from './support/launchBrowser.ts'
import { openTab, openTools, replayStatus, type Tools } from './support/openTools.ts'
import { readMessages } from './support/readMessages.ts'
import { waitFor } from './support/waitFor.ts'

/** A page that does all that the cut parts would have reported. */
const html = `
  <canvas id="canvas" width="100" height="100"></canvas>
  <iframe srcdoc="<p>In a frame</p>"></iframe>
  <img src="/shoes.png"><label>Quantity <input id="quantity" name="quantity"></label>
  <script>
    window.posted = []
    addEventListener('message', ({ data }) => posted.push(data?.line))
  </script>`

/** What the parts that are cut would have sent, by the number of the message. */
const CUT: Record<number, string> = {
  23: 'page load timing',
  24: 'page render timing',
  49: 'performance',
  78: 'error',
  79: 'error',
  85: 'resource',
  89: 'long task',
  116: 'resource',
  119: 'canvas',
}

/** Nodes, attributes, texts, addresses, clicks, requests, inputs and pages. */
const KEPT = [8, 9, 12, 14, 18, 60, 68, 83, 112, 122]

let browser: Browser
let tools: Tools

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  tools = await openTools()
})
afterEach(() => tools.stop())

/** What of a busy visit reaches the ingest service. */
const record = async (build: object) => {
  const site = await tools.serve({}, { html, build })
  const { page, context } = await openTab(browser, site.origin)
  await waitFor('the recording', async () => (await replayStatus(page)).state === 'recording')
  await page.evaluate(async () => {
    const canvas = document.getElementById('canvas') as HTMLCanvasElement
    canvas.getContext('2d')?.fillRect(0, 0, 50, 50)
    setTimeout(() => {
      throw new Error('thrown')
    })
    void Promise.reject(new Error('rejected'))
    await fetch('/api/orders')
    const until = performance.now() + 200
    while (performance.now() < until);
    for (let index = 0; index < 20; index++) {
      const shown = document.createElement('p')
      shown.textContent = `Line ${index}`
      document.body.append(shown)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
  await page.fill('#quantity', '17')
  await page.click('#pay')
  await page.waitForTimeout(500)
  const posted = await page.evaluate(() => (window as never as { posted: unknown[] }).posted)
  await page.evaluate(() => document.body.dispatchEvent(new Event('mouseleave')))
  await page.waitForTimeout(1_500)
  await context.close()
  const types = new Set(readMessages(tools.ingest.batches().map(({ body }) => body)).map(({ type }) => type))
  return {
    types: [...types].sort((a, b) => a - b),
    places: [...new Set(tools.ingest.requests.map(({ url }) => new URL(url, 'http://a').pathname))].sort(),
    posted,
    text: Buffer.concat(tools.ingest.batches().map(({ body }) => body)).toString('latin1'),
  }
}

// Both: what is cut must have told nothing under our options anyway, or cutting it has changed the recording.
it.each([
  ['without the parts that its options switch off', {}],
  ['with them', { plugins: [] }],
])('the recorder records a busy page, and none of what they would have told, %s', async (_, build) => {
  const { types, places, posted, text } = await record(build)
  expect(types.flatMap((type) => CUT[type] ?? [])).toEqual([])
  expect(types).toEqual(expect.arrayContaining(KEPT))
  // Neither pictures of a canvas nor events of OpenReplay's own analytics.
  expect(places).toEqual(['/ingest/v1/web/i', '/ingest/v1/web/start', '/ingest/v1/web/tags'])
  // Nothing is said to other windows.
  expect(posted).toEqual([])
  for (const word of ['Test page', 'Line 19', 'Quantity', '/api/orders']) {
    expect(text).toContain(word)
  }
})
