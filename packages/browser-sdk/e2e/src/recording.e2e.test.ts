import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Observability } from '../../src/index.ts'
import { findMarkers } from './support/findMarkers.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { openTab, openTools, replayStatus, type Tools } from './support/openTools.ts'
import { startSite } from './support/startSite.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: { observe: Observability } & typeof globalThis

let browser: Browser
let tools: Tools

beforeAll(async () => {
  // Chromium counts a name that it does not know as its own machine for insecure.
  browser = await launchBrowser(['--host-resolver-rules=MAP shop.test 127.0.0.1'])
})
afterAll(() => browser.close())
beforeEach(async () => {
  tools = await openTools()
})
afterEach(() => tools.stop())

const recorded = () => Buffer.concat(tools.ingest.batches().map(({ body }) => body)).toString('latin1')
const isRecording = (page: Page) =>
  waitFor('the recording', async () => (await replayStatus(page)).state === 'recording')
const statusOf = (page: Page, state: string, limitMs?: number) =>
  waitFor(
    `the status ${state}`,
    async () => {
      const status = await replayStatus(page)
      return status.state === state ? status : undefined
    },
    limitMs,
  )
const inAll = () =>
  waitFor('the session in all three', () => {
    const known = tools.known()
    return Object.values(known).every(([id]) => id) ? known : undefined
  })
/** Nobody knows of a visit that is over before this small chunk is there, but the collector. */
const announcer = (page: Page) =>
  page.waitForResponse((response) => response.url().includes('announceVisits'), { timeout: 10_000 })
const secondChunk = (page: Page) =>
  page.waitForFunction(() => window.observe?.status.replay.state !== 'off', undefined, { polling: 10 })

describe('a visit that is over soon', () => {
  const openEarly = async (url: string) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const arrived = announcer(page)
    await page.goto(url, { waitUntil: 'commit' })
    await (await arrived).finished()
    return { page, context }
  }
  /** Not by closing the tab: Chromium tells a page nothing of it that still loads. */
  const leave = (page: Page) => page.goto('about:blank')
  const knownOnce = async () => {
    const known = await inAll()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(tools.known()).toEqual(known)
    expect(known.ingest).toHaveLength(1)
    expect(known.umami).toEqual(known.ingest)
    expect(known.collector).toEqual(known.ingest)
    expect(tools.ingest.starts()).toHaveLength(1)
    expect([...tools.ingest.violations, ...tools.umami.violations]).toEqual([])
  }

  it('is known to all three by one id before anything is masked', async () => {
    // An image that does not come: the pipeline is loaded after the page.
    const site = await tools.serve({}, { html: '<img src="/api/never?hang">' })
    const { page, context } = await openEarly(`${site.origin}/orders/4711?email=jane@example.com`)
    await page.waitForTimeout(100)
    expect(await page.evaluate(() => window.observe.status.replay.state)).toBe('off')
    await leave(page)
    await knownOnce()
    expect(tools.umami.requests.map(({ payload }) => payload.url)).toEqual(['/orders/:id'])
    expect(
      findMarkers(
        tools.umami.requests.map(({ raw }) => raw),
        ['4711', 'jane'],
      ),
    ).toEqual([])
    await context.close()
  })

  it.each([0, 100, 300, 600, 1_000])(
    '%i ms after the second chunk came is known to all three by one id',
    async (dwellMs) => {
      const site = await tools.serve()
      const { page, context } = await openTab(browser, site.origin)
      await secondChunk(page)
      await page.waitForTimeout(dwellMs)
      await page.close()
      await knownOnce()
      expect(tools.umami.requests).toHaveLength(1)
      await context.close()
    },
  )

  it('is announced once, however many pages it hurries through', async () => {
    const site = await tools.serve({}, { html: '<img src="/api/never?hang">' })
    const { page, context } = await openEarly(site.origin)
    for (const path of ['/a', '/b', '/c']) {
      const arrived = announcer(page)
      await page.waitForTimeout(50)
      await page.goto(site.origin + path, { waitUntil: 'commit' })
      await (await arrived).finished()
    }
    await page.waitForTimeout(50)
    await leave(page)
    await waitFor('all page views', () => tools.umami.requests.length === 4)
    await knownOnce()
    await context.close()
  })

  it('is announced to nobody without consent', async () => {
    const site = await tools.serve({ consent: 'pending' })
    const { page, context } = await openTab(browser, site.origin)
    await page.waitForTimeout(500)
    await context.close()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(tools.known()).toEqual({ collector: [], ingest: [], umami: [] })
  })
})

it('leaves what was seen so far in all three when the tab crashes', async () => {
  const site = await tools.serve({}, { html: '<button id="basket">Into the basket</button>' })
  const { page, context } = await openTab(browser, site.origin)
  await isRecording(page)
  await page.click('#basket')
  await waitFor('the click in the recording', () => recorded().includes('basket'), 15_000)
  await waitFor('the first events', () => tools.collector.batches[0])
  const cdp = await context.newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  void cdp.send('Page.crash').catch(() => {})
  await crashed
  const { collector, ingest, umami } = await inAll()
  expect(ingest).toHaveLength(1)
  expect(umami).toEqual(ingest)
  expect(collector).toEqual(ingest)
  expect(recorded()).toContain(ingest[0])
  await context.close()
})

it.each([
  [undefined, []],
  [['error'], ['mkerror']],
  [
    ['warn', 'log'],
    ['mkwarn', 'mklog'],
  ],
])('records the console lines of captureConsole %j only', async (captureConsole, expected) => {
  const site = await tools.serve({ captureConsole })
  const { page, context } = await openTab(browser, site.origin)
  await isRecording(page)
  await page.evaluate(async () => {
    for (const level of ['error', 'warn', 'info', 'log'] as const) {
      const { [level]: print } = console
      print(`mk${level} for jane@example.com`)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    document.body.dispatchEvent(new Event('mouseleave'))
  })
  await page.waitForTimeout(1_000)
  const texts = tools.ingest.batches().map(({ body }) => body)
  expect(findMarkers(texts, ['mkerror', 'mkwarn', 'mkinfo', 'mklog'])).toEqual(expected)
  expect(findMarkers(texts, ['jane@example.com'])).toEqual([])
  await context.close()
})

describe('the user', () => {
  const flush = (page: Page) =>
    page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      document.body.dispatchEvent(new Event('mouseleave'))
      await new Promise((resolve) => setTimeout(resolve, 700))
    })

  it.each(['before', 'after'])('is named in the recording, identified %s it began', async (when) => {
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin)
    if (when === 'after') await isRecording(page)
    await page.evaluate(() => window.observe.identify('u_mkuser'))
    await isRecording(page)
    await flush(page)
    const [start] = tools.ingest.starts()
    expect(when === 'before' ? start?.userID : recorded()).toContain('u_mkuser')
    await context.close()
  })

  it('is forgotten with everything else, and the next recording is another', async () => {
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin)
    await page.evaluate(() => window.observe.identify('u_mkuser'))
    await isRecording(page)
    await flush(page)
    const first = await page.evaluate(() => window.observe.session.id)
    await page.evaluate(() => window.observe.forget())
    await statusOf(page, 'stopped')
    await page.waitForTimeout(500)
    const before = tools.ingest.requests.length
    await page.evaluate(() => window.observe.track('again'))
    await isRecording(page)
    await flush(page)
    const second = await page.evaluate(() => window.observe.session.id)
    const [, start] = tools.ingest.starts()
    const later = tools.ingest.requests.slice(before).map(({ body }) => body)
    expect(second).not.toBe(first)
    expect(start?.userUUID).toBe(second)
    expect(start?.token).toBeUndefined()
    expect(findMarkers(later, ['u_mkuser', first])).toEqual([])
    expect(findMarkers(later, ['Test page', second])).toEqual(['Test page', second])
    await context.close()
  })
})

it.each([
  ['while it is being asked for', 0],
  ['while the answer is awaited', 700],
])('records nothing when consent is taken back %s', async (_, answerMs) => {
  if (answerMs) tools.incomplete = 'OpenReplay had been asked already when all was to be forgotten'
  const site = await tools.serve()
  const { page, context } = await openTab(browser, site.origin)
  let answer: (() => void) | undefined
  tools.ingest.behave = (url, response) => {
    if (!answerMs || !url.endsWith('/start')) return false
    answer = () =>
      response.end(
        JSON.stringify({
          token: 't',
          userUUID: 'u',
          sessionID: '1',
          projectID: '1',
          delay: 0,
          startTimestamp: 1,
        }),
      )
    return true
  }
  if (answerMs) {
    await waitFor('the question', () => answer)
    await page.evaluate(() => window.observe.setConsent('denied'))
  } else {
    // From within the page: on a busy machine the question is gone before the test could ask for it.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const watching = setInterval(() => {
            if (window.observe.status.replay.state !== 'starting') return
            clearInterval(watching)
            window.observe.setConsent('denied')
            resolve()
          })
        }),
    )
  }
  await page.waitForTimeout(700)
  answer?.()
  await page.waitForTimeout(700)
  await page.click('#pay')
  await page.waitForTimeout(1_500)
  expect(tools.ingest.starts()).toHaveLength(answerMs ? 1 : 0)
  expect(tools.ingest.batches()).toEqual([])
  expect(await page.evaluate(() => window.observe.status.replay.state)).toBe('stopped')

  // And it can begin after all.
  tools.ingest.behave = undefined
  await page.evaluate(() => window.observe.setConsent('granted'))
  await isRecording(page)
  await waitFor('a batch', () => tools.ingest.batches()[0])
  await context.close()
})

describe('says so and leaves the page alone when', () => {
  it('the ingest service refuses the tokens that it issued', async () => {
    tools.ingest.behave = (url, response) => {
      if (!url.includes('/v1/web/i')) return false
      response.writeHead(401).end()
      return true
    }
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin)
    expect((await statusOf(page, 'failed', 20_000)).reason).toContain('401')
    // What was under way when it gave up still arrives.
    await page.waitForTimeout(1_000)
    const { length } = tools.ingest.requests
    await page.waitForTimeout(2_000)
    expect(tools.ingest.requests).toHaveLength(length)
    expect(tools.ingest.starts().length).toBeLessThan(5)
    await context.close()
  })

  it('the ingest service takes no batch, ten times', async () => {
    tools.ingest.behave = (url, response) => {
      if (!url.includes('/v1/web/i')) return false
      response.writeHead(503).end()
      return true
    }
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin)
    expect((await statusOf(page, 'failed', 40_000)).reason).toContain('takes no batches')
    await context.close()
  })

  it('the project key is unknown', async () => {
    tools.ingest.behave = (url, response) => {
      if (!url.endsWith('/start')) return false
      response.writeHead(404).end("project doesn't exist")
      return true
    }
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin)
    expect((await statusOf(page, 'failed')).reason).toContain('404')
    await context.close()
  })

  it('the page comes by plain HTTP', async () => {
    tools.incomplete = 'OpenReplay records by HTTPS only'
    const site = await tools.serve()
    const { page, context } = await openTab(browser, site.origin.replace('127.0.0.1', 'shop.test'))
    expect((await statusOf(page, 'failed')).reason).toContain('HTTPS')
    await waitFor('the page view all the same', () => tools.umami.requests[0])
    await context.close()
  })

  it('another tracker runs already', async () => {
    tools.incomplete = 'the other tracker has no id of ours'
    const site = await tools.serve({}, { html: '<script>window.__OPENREPLAY__ = {}</script>' })
    const { page, context } = await openTab(browser, site.origin)
    expect((await statusOf(page, 'failed')).reason).toContain('another OpenReplay tracker')
    await context.close()
  })
})

it('works in a frame of another origin, up to the exit of the page around it', async () => {
  const inner = await tools.serve()
  const outer = await startSite({
    script: 'export {}',
    options: {},
    html: `<iframe src="${inner.origin.replace('127.0.0.1', 'localhost')}/inside"></iframe>`,
  })
  const { page, context } = await openTab(browser, outer.origin)
  await waitFor('the recording of the frame', () => recorded().includes('Test page'))
  const frame = page.frames().find((each) => each.url().includes('/inside'))
  await frame?.click('#pay')
  await frame?.evaluate(() => window.observe.track('at the end'))
  await page.close()
  await waitFor('the last event', () =>
    tools.collector.events().some((event) => event.type === 'custom' && event.name === 'at the end'),
  )
  const known = await inAll()
  expect(known.collector).toHaveLength(1)
  expect(tools.umami.requests.map(({ payload }) => payload.url)).toContain('/inside')
  expect(tools.ingest.violations).toEqual([])
  await context.close()
  await outer.stop()
})

it('has tabs of one visitor recorded as one session, which the second asks the first for', async () => {
  const site = await tools.serve()
  const { page, context } = await openTab(browser, site.origin)
  await isRecording(page)
  const second = await context.newPage()
  await second.goto(site.origin)
  await isRecording(second)
  const [first, next] = tools.ingest.starts()
  expect(first?.token).toBeUndefined()
  expect(next?.token).toBe('ingest-token')
  expect(next?.userUUID).toBe(first?.userUUID)
  await context.close()
})

describe('under Trusted Types', () => {
  const policy = (allowed: string) => ({
    'content-security-policy': `require-trusted-types-for 'script'; trusted-types ${allowed}`,
  })

  it('records where its policy is allowed', async () => {
    const site = await tools.serve({}, { headers: policy('observe-recorder') })
    const { page, context } = await openTab(browser, site.origin)
    await isRecording(page)
    await waitFor('a batch', () => tools.ingest.batches()[0])
    expect(recorded()).toContain('Test page')
    await context.close()
  })

  it('says what to allow where it is not', async () => {
    tools.incomplete = 'the recorder may not begin'
    const site = await tools.serve({}, { headers: policy('others') })
    const { page, context } = await openTab(browser, site.origin)
    expect((await statusOf(page, 'blocked')).reason).toContain('observe-recorder')
    await context.close()
  })
})
