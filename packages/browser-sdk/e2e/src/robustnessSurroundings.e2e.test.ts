import type { Page } from 'playwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { prepareStage, type StageWindow } from './support/prepareStage.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: StageWindow & { jump: (ms: number) => void } & typeof globalThis

// Chromium counts a name that it does not know as its own machine for insecure.
const stage = prepareStage(['--host-resolver-rules=MAP *.shop.test 127.0.0.1'])
const { eventsOf, names } = stage
let problems: string[]

beforeEach(() => {
  problems = []
  stage.context.on('page', (page) => page.on('pageerror', ({ message }) => problems.push(message)))
})

const track = (page: Page, name: string) => page.evaluate((event) => window.observe.track(event), name)
const status = (page: Page) => page.evaluate(() => window.observe.status)
/** Waits until the events have arrived, and a little longer for what should not. */
const arrived = async (...expected: string[]) => {
  await waitFor(expected.join(', '), () => expected.every((name) => names().includes(name)), 20_000)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(names().sort()).toEqual([...expected].sort())
  expect(problems).toEqual([])
}

describe('a clock that jumps', () => {
  const HOUR = 3_600_000
  beforeEach(() =>
    stage.context.addInitScript(() => {
      let offset = 0
      const { now } = Date
      Date.now = () => now() + offset
      window.jump = (ms) => {
        offset += ms
      }
    }),
  )

  it.each([
    ['forward and back', [HOUR * 72, -HOUR * 144]],
    ['back and forward', [-HOUR * 72, HOUR * 144]],
  ])('%s begins new sessions and loses nothing', async (_, jumps) => {
    const page = await stage.visit()
    await track(page, 'before')
    for (const [index, ms] of jumps.entries()) {
      await page.evaluate((by) => window.jump(by), ms)
      await track(page, index ? 'second' : 'first')
    }
    await page.evaluate(() => window.observe.flush())
    await arrived('before', 'first', 'second')
    expect(new Set(stage.collector.batches.map(({ envelope }) => envelope.session.id)).size).toBe(3)
    expect(await status(page)).toMatchObject({ collector: 'up', undelivered: 0, dropped: {} })
  })

  it.each([-HOUR, HOUR])('by %i ms during an outage loses nothing', async (ms) => {
    const page = await stage.visit()
    await stage.collector.stop()
    await track(page, 'during')
    await waitFor('the failure', async () => (await status(page)).collector === 'down')
    await page.evaluate((by) => window.jump(by), ms)
    await stage.collector.start()
    await arrived('during')
    expect(stage.collector.deliveries).toHaveLength(new Set(stage.collector.deliveries).size)
  })
})

describe('storage', () => {
  it.each([
    [
      'whose mere mention throws',
      () => {
        const refuse = {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        }
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
          Object.defineProperty(globalThis, name, refuse)
      },
    ],
    [
      'that is full, disk and all',
      () => {
        const refuse = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
        Storage.prototype.setItem = refuse
        IDBObjectStore.prototype.put = refuse
      },
    ],
    [
      'that answers nothing',
      () => {
        IDBFactory.prototype.open = () => ({}) as never
      },
    ],
  ])('%s is done without, also when the collector fails', async (_kind, break_) => {
    await stage.context.addInitScript(break_)
    const page = await stage.visit()
    await track(page, 'before')
    await waitFor('the event', () => names().includes('before'))
    await stage.collector.stop()
    await track(page, 'during')
    await waitFor('the failure', async () => (await status(page)).collector === 'down')
    expect(await status(page)).toMatchObject({ undelivered: 1, dropped: {} })
    await stage.collector.start()
    await track(page, 'after')
    await arrived('before', 'during', 'after')
    expect(await status(page)).toMatchObject({ collector: 'up', undelivered: 0, dropped: {} })
  })
})

describe('an insecure origin', () => {
  const open = async (host: string, headers: Record<string, string> = {}) => {
    const site = await stage.serve({ headers })
    const page = await stage.context.newPage()
    await page.goto(site.origin.replace('127.0.0.1', host))
    await page.waitForFunction(() => 'init' in window)
    return page
  }

  it('has neither locks nor randomUUID, and is observed all the same', async () => {
    const page = await open('www.shop.test')
    expect(
      await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'locks' in navigator]),
    ).toEqual([false, false, false])
    await page.evaluate(() => window.init().track('insecure'))
    await waitFor('the event', () => names().includes('insecure'))
    await stage.collector.stop()
    await track(page, 'kept')
    await waitFor('the failure', async () => (await status(page)).collector === 'down')
    await stage.collector.start()
    await arrived('insecure', 'kept')
    expect(stage.collector.batches[0]?.envelope.session.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/)
  })

  it('that sets document.domain is no other', async () => {
    const page = await open('www.shop.test', { 'origin-agent-cluster': '?0' })
    const domain = await page.evaluate(async () => {
      document.domain = 'shop.test'
      window.init().track('domain')
      await fetch('/api/orders')
      return document.domain
    })
    expect(domain).toBe('shop.test')
    await arrived('domain')
  })
})

it('works in a sandboxed frame, which has an origin of its own and no storage', async () => {
  await stage.context.route('**/assets/**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } })
  })
  const { origin } = await stage.serve()
  const { origin: outer } = await stage.serve({
    script: 'export {}',
    html: `<iframe sandbox="allow-scripts" src="${origin}/inside"></iframe>`,
  })
  const page = await stage.context.newPage()
  await page.goto(outer)
  const frame = await waitFor('the frame', () => page.frames().find((one) => one.url().endsWith('/inside')))
  await frame.waitForFunction(() => 'init' in window)
  await stage.collector.stop()
  expect(
    await frame.evaluate(async () => {
      window.init().track('sandboxed')
      await window.observe.flush()
      return [globalThis.origin, window.observe.status.collector, window.observe.status.undelivered]
    }),
  ).toEqual(['null', 'down', 1])
  await stage.collector.start()
  await arrived('sandboxed')
})

it('goes on where it was when its tab was frozen', async () => {
  const page = await stage.visit()
  const devtools = await stage.context.newCDPSession(page)
  await track(page, 'before')
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await track(page, 'after')
  await arrived('before', 'after')
  expect(stage.collector.deliveries).toHaveLength(new Set(stage.collector.deliveries).size)
})

it.each<[string, () => void]>([
  [
    'throws',
    () => {
      window.fetch = () => {
        throw new Error('patched')
      }
    },
  ],
  [
    'answers no promise',
    () => {
      window.fetch = (() => undefined) as never
    },
  ],
  [
    'answers anything',
    () => {
      window.fetch = (async () => ({ ok: true })) as never
    },
  ],
])('bears a fetch that %s: before the start it costs the events, after it nothing', async (_, patch) => {
  const page = await stage.open()
  const sent = await page.evaluate(async (source) => {
    window.init().track('after')
    new Function(`(${source})()`)()
    await window.observe.flush()
    const { collector } = window.observe.status
    await window.observe.shutdown()
    return collector
  }, String(patch))
  expect(sent).toBe('up')
  expect(names()).toEqual(['after'])
  await page.evaluate(async () => {
    window.init().track('before')
    await window.observe.flush()
  })
  expect(await status(page)).toMatchObject({ state: 'active', collector: 'down', sent: 0 })
  expect((await status(page)).undelivered).toBeGreaterThan(0)
  expect(problems).toEqual([])
})

it('prints what it sends with `debug`, and nothing without', async () => {
  const lines: string[] = []
  stage.context.on('console', (message) => lines.push(message.text()))
  const page = await stage.visit('/', { debug: true })
  await track(page, 'shown')
  await waitFor('the line', () => lines.some((line) => line.includes('shown')))
  const quiet = await stage.visit('/')
  lines.length = 0
  await track(quiet, 'quiet')
  await waitFor('the event', () => names().includes('quiet'))
  expect(lines).toEqual([])
  expect(eventsOf('custom')).toHaveLength(2)
})
