import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { findMarkers } from './support/findMarkers.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { openTab, openTools, type Tools } from './support/openTools.ts'
import { startShop, type TestShop } from './support/startShop.ts'
import { waitFor } from './support/waitFor.ts'

/** What a customer types into the example shop's checkout: each a word that occurs nowhere else. */
const TYPED = {
  email: 'mkemail@example.com',
  fullName: 'Mkfirst Mklast',
  phone: '+44 20 7946 0958',
  birthDate: '1991-04-17',
  street: '17 Mkstreet Crescent',
  postalCode: 'MK7 4ZB',
  city: 'Mkcity',
  notes: 'Ring Mkfriend, she has the mkkey',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '09 / 47',
  cardCode: '7391846',
  password: 'mk-horse-battery',
}
const MARKERS = [
  ...Object.values(TYPED),
  ...['mkemail', 'mkfirst', 'mklast', '79460958', 'mkstreet', 'mkcity', 'mkfriend', 'mkkey'],
  ...['42424242', 'mk-horse', '7391846'],
]

/** What of the visit must be there to see, or the recording helps nobody. */
const KEPT = [
  'Two suns',
  'Free shipping',
  'Add to cart',
  'Full name',
  'Place order',
  'Thank you',
  '/api/orders',
]

let browser: Browser
let tools: Tools
let shop: TestShop

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  tools = await openTools()
  shop = await startShop({
    '/ingest': tools.ingest.ingestPoint,
    '/v1/events': tools.collector.endpoint,
    '/api/send': `${tools.umami.host}/api/send`,
  })
})
afterEach(async () => {
  await shop.stop()
  await tools.stop()
})

/** From the first page to the receipt, with a careless wallet on the way that puts the card into an error. */
const buy = async (page: Page) => {
  await page.getByRole('link', { name: 'Two suns' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Check out' }).click()
  for (const [name, value] of Object.entries(TYPED)) await page.locator(`[name=${name}]`).fill(value)
  // As somebody does who checks it once more, and as the recorder sees best.
  await page.locator('[name=fullName]').click({ clickCount: 3 })
  await page.getByRole('button', { name: 'Pay with wallet' }).click()
  await page.getByRole('button', { name: 'Place order' }).click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await page.getByText('The receipt went to').click({ clickCount: 3 })
  await page.waitForTimeout(1_500)
}

/** Every request to each of the three, whole. */
const sent = () => [
  ...tools.ingest.requests.flatMap(({ url, headers, raw, body }) => [
    url,
    JSON.stringify(headers),
    raw,
    body,
  ]),
  ...tools.collector.batches.flatMap(({ headers, body }) => [JSON.stringify(headers), body]),
  ...tools.umami.requests.flatMap(({ headers, raw }) => [JSON.stringify(headers), raw]),
]

/** OpenReplay's tracker as it comes, with fields in clear, in the place of ours. */
const bareTracker = async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import OpenReplay from '@openreplay/tracker/class'
        addEventListener('DOMContentLoaded', () => new OpenReplay({
          projectKey: 'key', ingestPoint: location.origin + '/ingest', __DISABLE_SECURE_MODE: true,
          defaultInputMode: 0, obscureInputEmails: false, obscureInputNumbers: false,
        }).start())`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

it('finds what was typed where a bare tracker records it: the search works', async () => {
  tools.incomplete = 'a bare tracker has no id of ours'
  const context = await browser.newContext()
  await context.addInitScript(await bareTracker())
  const page = await context.newPage()
  await page.goto(shop.origin)
  await waitFor('the recording', () => tools.ingest.batches()[0])
  await buy(page)
  await context.close()
  const typed = Object.values(TYPED).filter((value) => value !== TYPED.password)
  expect(findMarkers(sent(), typed)).toEqual(typed)
})

it('shows the visit to the example shop, and nothing that was typed into its checkout', async () => {
  const { page, context } = await openTab(browser, shop.origin)
  await waitFor('the recording', () => tools.ingest.batches()[0])
  // It comes late, and only to those who stay.
  await page.waitForSelector('.notice')
  await buy(page)
  await context.close()
  await waitFor('the last batches', () =>
    tools.collector.events().some((event) => event.type === 'error' && event.message.includes('[card]')),
  )
  expect(findMarkers(sent(), MARKERS)).toEqual([])
  expect(findMarkers(sent(), KEPT)).toEqual(KEPT)
  expect([...tools.ingest.violations, ...tools.umami.violations]).toEqual([])
  const { collector, ingest, umami } = tools.known()
  expect(collector).toHaveLength(1)
  expect([ingest, umami]).toEqual([collector, collector])
})
