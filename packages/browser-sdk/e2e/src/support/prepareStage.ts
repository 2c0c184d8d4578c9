import type { ObserveEvent } from '@acme/observe-schema/types'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Observability } from '../../../src/index.ts'
import { launchBrowser } from './launchBrowser.ts'
import { startCollector, type TestCollector } from './startCollector.ts'
import { type SiteOptions, startSite, type TestSite } from './startSite.ts'

/** What the pages of a stage have: `init` starts the SDK with the stage's options and more, `current` asks for it. */
export interface StageWindow {
  init: (more?: object) => Observability
  observe: Observability
  current: () => Observability
}

const script = `
  import { initObservability, getObservability } from '../../../src/index.ts'
  window.init = (more) => (window.observe = initObservability({ ...OPTIONS, ...more }))
  window.current = getObservability
`

/** One visitor, one collector and the sites that the visitor goes to: anew for each test. */
export interface Stage {
  browser: Browser
  context: BrowserContext
  collector: TestCollector
  /** Starts a site. `observe` goes into the options of the SDK. */
  serve: (options?: Partial<SiteOptions> & { observe?: object }) => Promise<TestSite>
  /** Opens a page of the first site, or of a new one. The SDK has not been started yet. */
  open: (path?: string) => Promise<Page>
  /** Opens a page and starts the SDK on it. */
  visit: (path?: string, options?: object) => Promise<Page>
  eventsOf: <Type extends ObserveEvent['type']>(type: Type) => Extract<ObserveEvent, { type: Type }>[]
  /** Names of the custom events that arrived. */
  names: () => string[]
  /** Everything that the SDK keeps in the browser of a page. */
  stored: (page: Page) => Promise<string[]>
}

/** Sets up and clears a stage around each test of the file that calls it. */
export const prepareStage = (browserArgs: readonly string[] = []): Stage => {
  let sites: TestSite[] = []
  const stage = {
    serve: async ({ observe, ...options } = {}) => {
      const site = await startSite({
        script,
        options: {
          app: 'test',
          environment: 'test',
          collector: { endpoint: stage.collector.endpoint, batchIntervalMs: 200 },
          ...observe,
        },
        ...options,
      })
      sites.push(site)
      return site
    },
    open: async (path = '/') => {
      const { origin } = sites[0] ?? (await stage.serve())
      const page = await stage.context.newPage()
      await page.goto(origin + path)
      await page.waitForFunction(() => 'init' in window)
      return page
    },
    visit: async (path, options) => {
      const page = await stage.open(path)
      await page.evaluate((more) => void (window as unknown as StageWindow).init(more), options)
      return page
    },
    eventsOf: <Type extends ObserveEvent['type']>(type: Type) =>
      stage.collector
        .events()
        .filter((event): event is Extract<ObserveEvent, { type: Type }> => event.type === type),
    names: () => stage.eventsOf('custom').map(({ name }) => name),
    stored: (page) =>
      page.evaluate(async () => [
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
        ...document.cookie.split('; ').filter(Boolean),
      ]),
  } as Stage

  beforeAll(async () => {
    stage.browser = await launchBrowser(browserArgs)
  })
  afterAll(() => stage.browser.close())
  beforeEach(async () => {
    sites = []
    stage.collector = await startCollector()
    stage.context = await stage.browser.newContext()
  })
  afterEach(async () => {
    await stage.context.close()
    for (const { stop } of [...sites, stage.collector]) await stop()
  })
  return stage
}
