import type { ObserveEvent } from '@acme/observe-schema/types'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from './support/launchBrowser.ts'
import { openTab, openTools, type Tools } from './support/openTools.ts'
import type { TestSite } from './support/startSite.ts'
import { waitFor } from './support/waitFor.ts'

/** Beside the SDK, web-vitals itself tells the site what it measured. */
const script = `
  import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
  import { initObservability } from '../../../src/index.ts'
  window.observe = initObservability(OPTIONS)
  const tell = (what) => navigator.sendBeacon('/api/told?' + encodeURIComponent(what), '')
  for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB])
    observe(({ name, value, navigationType, navigationURL }) => tell(navigationType + ' ' + name + ' ' + value), { reportSoftNavs: SOFT })
  addEventListener('pageshow', ({ persisted }) => persisted && tell('restored'))
  document.addEventListener('prerenderingchange', () => tell('activated'))
  document.getElementById('pay').addEventListener('click', () => {
    const until = performance.now() + 120
    while (performance.now() < until);
    const shown = document.createElement('p')
    shown.textContent = 'Paid'.repeat(200)
    shown.style.fontSize = '30px'
    document.body.prepend(shown)
  })
`

let browser: Browser
let tools: Tools
let site: TestSite

beforeAll(async () => {
  browser = await launchBrowser([], ['--disable-back-forward-cache'])
})
afterAll(() => browser.close())
beforeEach(async () => {
  tools = await openTools()
})
afterEach(() => tools.stop())

const serve = async (options: object = {}, html = '') => {
  site = await tools.serve(options, {
    html,
    script: script.replace('SOFT', String('softNavigations' in options)),
  })
  return site
}
const told = () =>
  site.requests.flatMap(({ url }) =>
    url.startsWith('/api/told?') ? [decodeURIComponent(url.slice(10))] : [],
  )
const eventsOf = <Type extends ObserveEvent['type']>(type: Type) =>
  tools.collector
    .events()
    .filter((event): event is Extract<ObserveEvent, { type: Type }> => event.type === type)

/** The last value of each metric: later ones supersede earlier ones. */
const theirs = () =>
  Object.fromEntries(
    told().flatMap((line) => {
      const [, key, value] = /^(\S+ [A-Z]+) (\S+)$/.exec(line) ?? []
      return key ? [[key, Number(value)]] : []
    }),
  )
const ours = () =>
  Object.fromEntries(
    eventsOf('web-vital')
      .filter(({ name }) => name !== 'FID')
      .map(({ navigationType, name, value }) => [`${navigationType} ${name}`, value]),
  )

/** By the protocol, for Playwright loses sight of a page that comes back from the cache. */
const click = async (cdp: CDPSession, x: number, y: number) => {
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
}
const centre = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not shown`)
  return [box.x + box.width / 2, box.y + box.height / 2] as const
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const leave = async (context: BrowserContext, metrics: readonly string[]) => {
  await context.close()
  await waitFor('the final vitals', () => metrics.every((metric) => metric in ours() && metric in theirs()))
  await pause(300)
}

it('goes on after a return from the back/forward cache, with the vitals of that return', async () => {
  await serve()
  const { page, context } = await openTab(browser, `${site.origin}/first`)
  const cdp = await context.newCDPSession(page)
  const [x, y] = await centre(page, '#pay')
  await click(cdp, x, y)
  await waitFor('the recording', () => tools.ingest.batches()[0])
  await pause(1_000)
  await cdp.send('Page.navigate', { url: 'about:blank' })
  await pause(500)
  const history = await cdp.send('Page.getNavigationHistory')
  await cdp.send('Page.navigateToHistoryEntry', {
    entryId: history.entries[history.currentIndex - 1]?.id ?? 0,
  })
  await waitFor('the return', () => told().includes('restored'))
  const batches = tools.ingest.batches().length
  await pause(500)
  await click(cdp, x, y + 200)
  await pause(1_500)
  await leave(context, ['navigate LCP', 'back-forward-cache LCP', 'back-forward-cache CLS'])

  expect(ours()).toEqual(
    Object.fromEntries(
      Object.entries(theirs()).map(([metric, value]) => [
        metric,
        // Each observer reads the clock itself when the page is painted again.
        /^back-forward-cache (?:FCP|LCP)$/.test(metric) ? expect.closeTo(value, -2) : value,
      ]),
    ),
  )
  expect(eventsOf('page-view').map(({ page: { path }, navigationType }) => [path, navigationType])).toEqual([
    ['/first', 'load'],
    ['/first', 'bfcache'],
  ])
  await waitFor('the recording to go on', () => tools.ingest.batches().length > batches)
  const { collector, ingest, umami } = tools.known()
  expect(tools.ingest.starts()).toHaveLength(1)
  expect([ingest, umami]).toEqual([collector, collector])
})

/** Opens a tab that Playwright leaves alone: it makes all of its own look as if they were in front. */
const openAlone = async (url: string, background = false) => {
  const cdp = await browser.newBrowserCDPSession()
  const { targetId } = await cdp.send('Target.createTarget', { url, background })
  return {
    show: () => cdp.send('Target.activateTarget', { targetId }),
    close: () => cdp.send('Target.closeTarget', { targetId }),
  }
}

it('counts and records a prerendered page from the moment it is shown', async () => {
  await serve(
    {},
    `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/next"]}]}</script>
     <script>if (location.pathname === '/first') setTimeout(() => { location.href = '/next' }, 4_000)</script>`,
  )
  const tab = await openAlone(`${site.origin}/first`)
  await waitFor('the page to be prerendered', () => site.requests.some(({ url }) => url === '/next'))
  await pause(1_500)
  const seen = () => eventsOf('page-view').map(({ page: { path }, navigationType }) => [path, navigationType])
  expect(seen()).toEqual([['/first', 'load']])
  expect(tools.umami.requests.map(({ payload }) => payload.url)).toEqual(['/first'])
  await waitFor('the page to be shown', () => told().includes('activated'))
  await pause(2_500)
  await tab.close()
  await waitFor('the final vitals', () => 'prerender LCP' in ours() && 'prerender LCP' in theirs())
  await pause(300)
  expect(ours()).toEqual(theirs())
  expect(seen()).toEqual([
    ['/first', 'load'],
    ['/next', 'prerender'],
  ])
  expect(tools.umami.requests.map(({ payload }) => payload.url)).toEqual(['/first', '/next'])
  const { collector, ingest, umami } = tools.known()
  expect([ingest, umami]).toEqual([collector, collector])
})

it('records a background tab once it is looked at', async () => {
  await serve({}, '<script>fetch("/api/told?" + document.visibilityState)</script>')
  const front = await openAlone('about:blank')
  const back = await openAlone(`${site.origin}/first`, true)
  await waitFor('the page', () => told()[0])
  expect(told()).toEqual(['hidden'])
  await waitFor('the page view', () => tools.umami.requests[0])
  await pause(2_500)
  expect(tools.ingest.starts()).toEqual([])
  await back.show()
  await waitFor('the recording', () => tools.ingest.batches()[0])
  await back.close()
  await front.close()
})

it('reports the vitals of each route that the browser recognises, on the page of that route', async () => {
  await serve(
    { softNavigations: true },
    `<button id="route">Route</button><script>
      let n = 0
      document.getElementById('route').addEventListener('click', () => {
        const until = performance.now() + 60 * ++n
        while (performance.now() < until);
        history.pushState({}, '', '/route/' + 'ab'[n - 1])
        const shown = document.createElement('h2')
        shown.textContent = 'Route'.repeat(40 * n)
        shown.style.fontSize = '40px'
        document.body.append(shown)
      })</script>`,
  )
  const { page, context } = await openTab(browser, `${site.origin}/first`)
  await page.waitForFunction(() => 'observe' in window)
  await pause(800)
  for (const route of ['a', 'b']) {
    await page.click('#route')
    await page.waitForURL(`**/route/${route}`)
    await pause(1_200)
  }
  await leave(context, ['soft-navigation LCP'])
  const soft = eventsOf('web-vital').filter(({ navigationType }) => navigationType === 'soft-navigation')
  expect(new Set(soft.map(({ page: { path } }) => path))).toEqual(new Set(['/route/a', '/route/b']))
  expect(soft.filter(({ name }) => name === 'LCP')).toHaveLength(2)
  expect(ours()['soft-navigation LCP']).toBe(theirs()['soft-navigation LCP'])
})
