import type { Browser, BrowserContext, Page } from 'playwright'
import type { Observability } from '../../../src/index.ts'
import { startCollector, type TestCollector } from './startCollector.ts'
import { startIngest, type TestIngest } from './startIngest.ts'
import { type SiteOptions, startSite, type TestSite } from './startSite.ts'
import { startUmami, type TestUmami } from './startUmami.ts'

/** The page of a test, which has put its handle there. */
declare const window: { observe: Observability } & typeof globalThis

const script = `
  import { initObservability } from '../../../src/index.ts'
  window.observe = initObservability(OPTIONS)
`

/** The three tools that the SDK speaks to, each in its strict double, and a site that uses them all. */
export interface Tools {
  collector: TestCollector
  ingest: TestIngest
  umami: TestUmami
  /** Starts a site; `options` go into those of the SDK. */
  serve: (options?: object, site?: Partial<SiteOptions>) => Promise<TestSite>
  /** Ids of the sessions that each tool knows. */
  known: () => { collector: string[]; ingest: string[]; umami: string[] }
  /** Why not every session of this test is known to all three. */
  incomplete?: string
  /** Throws, after everything has stopped, when a session is not known to all three by the same id. */
  stop: () => Promise<void>
}

const distinct = (ids: readonly unknown[]): string[] => [...new Set(ids as string[])]

export const openTools = async (): Promise<Tools> => {
  const [collector, ingest, umami] = await Promise.all([startCollector(), startIngest(), startUmami()])
  const sites: TestSite[] = []
  const tools: Tools = {
    collector,
    ingest,
    umami,
    serve: async (options = {}, rest = {}) => {
      const site = await startSite({
        script,
        options: {
          app: 'test',
          environment: 'test',
          collector: { endpoint: collector.endpoint },
          openReplay: { projectKey: 'key', ingestPoint: ingest.ingestPoint },
          umami: { websiteId: '0a8ed02c-1c9f-4d2c-8f0e-6a3f8a2f3c11', host: umami.host },
          ...options,
        },
        ...rest,
      })
      sites.push(site)
      return site
    },
    known: () => ({
      collector: distinct(collector.batches.map(({ envelope }) => envelope.session.id)),
      ingest: distinct(ingest.starts().map(({ userUUID }) => userUUID)),
      umami: distinct(umami.requests.map(({ payload }) => payload.id)),
    }),
    stop: async () => {
      const areSame = () => new Set(Object.values(tools.known()).map((ids) => ids.sort().join())).size === 1
      // What was sent as the page ended may still be under way.
      const deadline = Date.now() + 3_000
      while (!tools.incomplete && !areSame() && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      for (const { stop } of [...sites, collector, ingest, umami]) await stop()
      if (tools.incomplete ? areSame() : !areSame()) {
        throw new Error(
          `the sessions known: ${JSON.stringify(tools.known())}, ${tools.incomplete ?? 'not the same'}`,
        )
      }
    },
  }
  return tools
}

/** A tab of a new visitor. */
export const openTab = async (
  browser: Browser,
  url: string,
): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  return { page, context }
}

/** What the SDK says of its recording. */
export const replayStatus = (page: Page): Promise<Observability['status']['replay']> =>
  page.evaluate(() => window.observe.status.replay)
