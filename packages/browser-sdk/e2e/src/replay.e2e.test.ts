import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findMarkers } from './support/findMarkers.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { personalForms } from './support/personalForms.ts'
import { startCollector, type TestCollector } from './support/startCollector.ts'
import { startIngest, type TestIngest } from './support/startIngest.ts'
import { type SiteOptions, startSite, type TestSite } from './support/startSite.ts'
import { waitFor } from './support/waitFor.ts'

const observed = `
  import { initObservability } from '../../../src/index.ts'
  window.observe = initObservability(OPTIONS)
`
const bare = `
  import OpenReplay from '@openreplay/tracker/class'
  window.tracker = new OpenReplay({ ...OPTIONS.openReplay, __DISABLE_SECURE_MODE: true, defaultInputMode: 0, obscureInputEmails: false,
    obscureInputNumbers: false, obscureTextEmails: false, network: { capturePayload: true, ignoreHeaders: false } })
  window.tracker.start()
`
type Handle = import('../../src/index.ts').Observability
declare const window: { observe: Handle } & typeof globalThis

let browser: Browser
let collector: TestCollector
let ingest: TestIngest
let site: TestSite | undefined

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  collector = await startCollector()
  ingest = await startIngest()
})
afterEach(async () => {
  await site?.stop()
  await ingest.stop()
  await collector.stop()
})

/** Starts a site that records. */
const serve = async (options: Partial<SiteOptions> = {}): Promise<TestSite> => {
  site = await startSite({
    script: observed,
    options: {
      app: 'test',
      environment: 'test',
      collector: { endpoint: collector.endpoint, batchIntervalMs: 300 },
      openReplay: { projectKey: 'key', ingestPoint: ingest.ingestPoint },
    },
    ...options,
  })
  return site
}

/** Starts a site that a stock tracker records, with everything on that it has. */
const serveBare = async (html: string): Promise<TestSite> => {
  site = await startSite({
    script: bare,
    options: { openReplay: { projectKey: 'key', ingestPoint: ingest.ingestPoint } },
    html,
    build: { plugins: [] },
  })
  return site
}

/** One of the moments at which the tracker sends what it has. */
const sendNow = (page: Page) => page.evaluate(() => document.body.dispatchEvent(new Event('mouseleave')))

/** Every cell of the table of leaks that a stock tracker has, as a value to look for. */
const MARKERS = {
  typed: 'mkTyped.person@example.com',
  prefilled: 'mkPrefilled Person',
  password: 'mkPassword1!',
  hiddenInput: 'mkHiddenInput',
  textarea: 'mkTextarea Person',
  editable: 'mkEditable Person',
  emailInText: 'mkEmail@example.com',
  phoneInText: '+49 170 5550123',
  cardInText: '4111 1111 1111 1111',
  masked: 'mkMasked Person',
  maskedInButton: 'mkMaskedInButton',
  title: 'mkTitle Person',
  ariaLabel: 'mkAria Person',
  dataAttribute: 'mkData Person',
  placeholder: 'mkPlaceholder Person',
  alt: 'mkAlt Person',
  optionValue: 'mkOption-value',
  imageQuery: 'mkImageQuery',
  failingImage: 'mkFailingImage',
  pageQuery: 'mkPageQuery',
  pageHash: 'mkPageHash',
  documentTitle: 'mktitle@example.com',
  spaQuery: 'mkSpaQuery',
  console: 'mkconsole@example.com',
  thrown: 'mkthrown@example.com',
  rejected: 'mkrejected@example.com',
  fetchQuery: 'mkFetchQuery',
  requestHeader: 'mkRequestHeader',
  requestBody: 'mkRequestBody',
  beaconQuery: 'mkBeaconQuery',
  cssUrl: 'mkCssUrl',
  linkHref: 'mkLinkHref',
}

/** The cells that a stock tracker does not fill even with everything on, and why. */
const NEVER_SHOWN: Partial<Record<keyof typeof MARKERS, string>> = {
  password: 'it hides what is typed into a field of this type, whatever its options',
  hiddenInput: 'it reads no value of a field that is not shown',
  linkHref: 'it records no address of a link',
}

/** What a recording must still show, or it helps nobody. */
const KEPT = [
  'Two red shoes',
  'Deliver to your door',
  'quantity-17',
  'box warm',
  'Add to basket',
  'shoes.png',
]

const html = `
  <style>.warm { background: url("/bg.png?who=${MARKERS.cssUrl}") }</style>
  <p>Two red shoes</p><p>Write to ${MARKERS.emailInText}, call ${MARKERS.phoneInText}, pay ${MARKERS.cardInText}</p>
  <div class="box warm" title="${MARKERS.title}" data-customer="${MARKERS.dataAttribute}" aria-label="${MARKERS.ariaLabel}">Deliver to your door</div>
  <p id="masked" data-observe-mask data-openreplay-obscured title="${MARKERS.title}">${MARKERS.masked}</p>
  <button id="basket">Add to basket <span data-observe-mask data-openreplay-obscured>${MARKERS.maskedInButton}</span></button>
  <img src="/shoes.png?customer=${MARKERS.imageQuery}" alt="${MARKERS.alt}">
  <img src="/missing/x.png?token=${MARKERS.failingImage}">
  <a href="/account?user=${MARKERS.linkHref}">Account</a>
  <form>
    <label>E-mail <input id="email" name="email" placeholder="${MARKERS.placeholder}"></label>
    <label>Surname <input id="surname" name="lastName" value="${MARKERS.prefilled}"></label>
    <label>Password <input id="password" type="password" value="${MARKERS.password}"></label>
    <label>Quantity <input id="quantity" name="quantity"></label>
    <input type="hidden" name="user" value="${MARKERS.hiddenInput}">
    <textarea id="note">${MARKERS.textarea}</textarea>
    <div id="editable" contenteditable>${MARKERS.editable}</div>
    <select name="size"><option value="${MARKERS.optionValue}">Large</option><option value="m">Medium</option></select>
  </form>`

const play = async (page: Page, origin: string) => {
  await page.goto(`${origin}/checkout?email=${MARKERS.pageQuery}#${MARKERS.pageHash}`)
  await waitFor('the recording to start', () => ingest.starts()[0])
  await page.waitForTimeout(800)
  await page.fill('#email', MARKERS.typed)
  await page.fill('#quantity', 'quantity-17')
  await page.click('#basket')
  await page.selectOption('select', 'm')
  await page.evaluate(async (markers) => {
    document.title = markers.documentTitle
    getSelection()?.selectAllChildren(document.getElementById('masked') as Element)
    document.dispatchEvent(new Event('selectionchange'))
    await new Promise((resolve) => setTimeout(resolve, 600))
    history.pushState({}, '', `/checkout/done?name=${markers.spaQuery}`)
    const { error } = console
    error(markers.console)
    setTimeout(() => {
      throw new Error(markers.thrown)
    })
    void Promise.reject(new Error(markers.rejected))
    await fetch(`/api/search?q=${markers.fetchQuery}`, {
      method: 'POST',
      headers: { 'x-customer': markers.requestHeader },
      body: markers.requestBody,
    })
    navigator.sendBeacon(`/api/beacon?who=${markers.beaconQuery}`, 'x')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, MARKERS)
  await page.waitForTimeout(500)
  const before = ingest.batches().length
  await sendNow(page)
  await waitFor('the last batch', () => ingest.batches().length > before)
  await page.waitForTimeout(500)
}

const everything = () => [
  ...ingest.requests.flatMap(({ url, headers, raw, body }) => [url, JSON.stringify(headers), raw, body]),
  ...collector.batches.flatMap(({ headers, body }) => [JSON.stringify(headers), body]),
]

it('leaks all over the place without the firewall: the search works', async () => {
  const { origin } = await serveBare(html)
  const page = await browser.newPage()
  await play(page, origin)
  await page.close()
  const found = findMarkers(everything(), Object.values(MARKERS))
  expect(Object.entries(MARKERS).flatMap(([cell, value]) => (found.includes(value) ? [] : [cell]))).toEqual(
    Object.keys(NEVER_SHOWN),
  )
  expect(findMarkers(everything(), KEPT)).toEqual(KEPT)
})

it('lets no personal value out, and still records what is not personal', async () => {
  const { origin } = await serve({ html })
  const page = await browser.newPage()
  await play(page, origin)
  await page.close()
  expect(findMarkers(everything(), Object.values(MARKERS))).toEqual([])
  expect(findMarkers(everything(), KEPT)).toEqual(KEPT)
  expect(ingest.violations).toEqual([])
  // The first copy of the page comes with its styles, or they follow when they took longer.
  expect(ingest.batches()[0]?.headers.datatype).toMatch(/^(?:visual|player)$/)
  expect(ingest.batches().map(({ headers }) => headers.datatype)).toContainEqual(
    expect.stringMatching(/^(?:visual|assets)$/),
  )

  const session = collector.batches[0]?.envelope.session
  const recording = Buffer.concat(ingest.batches().map(({ body }) => body))
  expect(recording.includes(session?.id ?? '?')).toBe(true)
  expect(collector.batches.at(-1)?.envelope.session.replay).toEqual({
    id: '1234567890',
    url: ingest.ingestPoint.replace('/ingest', '/1/session/1234567890'),
  })
  // Our own requests are no part of the recording.
  expect(recording.includes(new URL(collector.endpoint).host)).toBe(false)
  expect(recording.includes('/api/search')).toBe(true)
})

describe('seventy forms in thirteen languages, whatever names their fields', () => {
  const forms = personalForms()
  const all = (of: 'markers' | 'passwords' | 'kept') => forms.flatMap((form) => form[of])
  const body = `<p>Two red shoes</p>${forms.map(({ html }) => html).join('')}`
  const fill = async (origin: string) => {
    const page = await browser.newPage()
    await page.goto(origin)
    await waitFor('the recording to start', () => ingest.starts()[0])
    await page.waitForTimeout(1_000)
    await page.evaluate(() => {
      for (const field of document.querySelectorAll<HTMLInputElement>('[data-fill]')) {
        field.focus()
        field.value = `typed-${field.value}`
        field.dispatchEvent(new Event('input', { bubbles: true }))
        field.dispatchEvent(new Event('change', { bubbles: true }))
        field.blur()
      }
    })
    await page.waitForTimeout(2_500)
    await sendNow(page)
    await page.waitForTimeout(1_500)
    await page.close()
  }

  it('are seventy, and in thirteen languages', () => {
    expect(forms).toHaveLength(70)
    expect(new Set(forms.map(({ language }) => language.slice(0, 2))).size).toBe(13)
    expect(all('kept')).toHaveLength(40)
  })

  it('leak every value but passwords without the firewall: the search works', async () => {
    const { origin } = await serveBare(body)
    await fill(origin)
    const leaking = all('markers').filter((marker) => !all('passwords').includes(marker))
    expect(findMarkers(everything(), all('markers'))).toEqual(leaking)
    expect(findMarkers(everything(), all('kept'))).toEqual(all('kept'))
  })

  it('let no value out with it, and what is not personal reaches the recording', async () => {
    const { origin } = await serve({ html: body })
    await fill(origin)
    expect(findMarkers(everything(), all('markers'))).toEqual([])
    expect(findMarkers(everything(), all('kept'))).toEqual(all('kept'))
    expect(findMarkers(everything(), ['Two red shoes', 'Quantity', 'Cantidad'])).toHaveLength(3)
  })
})

it('stops with consent, starts again with it, and names nobody by an address', async () => {
  const { origin } = await serve({ html })
  const page = await browser.newPage()
  await page.goto(origin)
  const recording = () =>
    waitFor('the recording', () => page.evaluate(() => window.observe.status.replay.state === 'recording'))
  await recording()
  await page.evaluate(() => window.observe.setConsent('denied'))
  await waitFor('the end', () => page.evaluate(() => window.observe.status.replay.state === 'stopped'))
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual(
    [],
  )
  await page.waitForTimeout(1_000)
  const { length } = ingest.batches()
  await page.click('#basket')
  await page.waitForTimeout(1_500)
  expect(ingest.batches()).toHaveLength(length)

  await page.evaluate(() => window.observe.setConsent('granted'))
  await recording()
  await page.evaluate(() => window.observe.identify('mkuser@example.com'))
  await sendNow(page)
  await page.waitForTimeout(1_500)
  expect(ingest.starts()).toHaveLength(2)
  expect(findMarkers(everything(), ['mkuser', MARKERS.textarea, MARKERS.masked])).toEqual([])
  await page.close()
})

it('says so when the content security policy forbids the worker, instead of recording nothing', async () => {
  const { origin } = await serve({
    headers: {
      'content-security-policy': `default-src 'self'; connect-src 'self' ${new URL(collector.endpoint).origin} ${new URL(ingest.ingestPoint).origin}`,
    },
  })
  const page = await browser.newPage()
  await page.goto(origin)
  const status = await waitFor('the status to tell', async () => {
    const { replay } = await page.evaluate(() => window.observe.status)
    return replay.state === 'blocked' ? replay : undefined
  })
  expect(status.reason).toContain('worker-src')
  await page.close()
})
