import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ObserveEvent } from '@acme/observe-schema/types'
import type { Browser } from 'playwright'
import { createServer, defaultClientConditions } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { getObservability, initObservability, type Observability } from '../../src/index.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { startCollector, type TestCollector } from './support/startCollector.ts'
import { startIngest, type TestIngest } from './support/startIngest.ts'
import { type SiteOptions, startSite, type TestSite } from './support/startSite.ts'
import { startUmami, type TestUmami } from './support/startUmami.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: { observe: Observability; seen: Record<string, number> } & typeof globalThis

const script = `
  import { initObservability } from '../../../src/index.ts'
  window.observe = initObservability(OPTIONS)
`

let browser: Browser
let collector: TestCollector
let ingest: TestIngest
let umami: TestUmami
let sites: TestSite[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  sites = []
  collector = await startCollector()
  ingest = await startIngest()
  umami = await startUmami()
})
afterEach(async () => {
  for (const { stop } of [...sites, collector, ingest, umami]) await stop()
})

const serve = async (options: Partial<SiteOptions> & { observe?: object } = {}) => {
  const site = await startSite({
    script,
    options: {
      app: 'test',
      environment: 'test',
      collector: { endpoint: collector.endpoint, batchIntervalMs: 200 },
      ...options.observe,
    },
    ...options,
  })
  sites.push(site)
  return site
}
const eventsOf = <Type extends ObserveEvent['type']>(type: Type) =>
  collector.events().filter((event): event is Extract<ObserveEvent, { type: Type }> => event.type === type)

it('does nothing on a server', async () => {
  const observe = initObservability({
    app: 'shop',
    environment: 'test',
    collector: { endpoint: '/v1/events' },
  })
  observe.track('x')
  observe.captureError(new Error('x'))
  await observe.flush()
  expect(observe.status.state).toBe('inert')
  expect(getObservability()).toBe(observe)
  expect(() => initObservability({ app: 'shop' } as never)).toThrow('Option "environment" is required')
})

it('does nothing in a worker', async () => {
  const site = await serve({
    script: `
      import { initObservability } from '../../../src/index.ts'
      if (globalThis.document) {
        const worker = new Worker(import.meta.url, { type: 'module' })
        worker.onmessage = ({ data }) => { document.body.dataset.state = data }
      } else postMessage(initObservability(OPTIONS).status.state)`,
  })
  const page = await browser.newPage()
  await page.goto(site.origin)
  await page.waitForSelector('body[data-state="inert"]')
  await page.close()
})

it('works under a strict content security policy with the documented additions, and breaks none of it', async () => {
  const hosts = [collector.endpoint, ingest.ingestPoint, umami.host]
    .map((url) => new URL(url).origin)
    .join(' ')
  const site = await serve({
    observe: {
      openReplay: { projectKey: 'key', ingestPoint: ingest.ingestPoint },
      umami: { websiteId: 'w', host: umami.host },
    },
    headers: {
      'content-security-policy': `default-src 'self'; connect-src 'self' ${hosts}; worker-src 'self' blob:`,
    },
  })
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const violations: string[] = []
    Object.assign(globalThis, { violations })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      violations.push(`${effectiveDirective} ${blockedURI}`),
    )
  })
  await page.goto(site.origin)
  await waitFor('the recording', () => ingest.batches()[0])
  await waitFor('the page view', () => umami.requests[0])
  await waitFor('the events', () => collector.batches[0])
  const violations = await page.evaluate(() => (globalThis as never as { violations: string[] }).violations)
  await page.close()
  expect(violations).toEqual([])
})

it('puts the same session id into the collector, the recording and Umami', async () => {
  const site = await serve({
    observe: {
      openReplay: { projectKey: 'key', ingestPoint: ingest.ingestPoint },
      umami: { websiteId: 'w', host: umami.host },
    },
  })
  const ids = await Promise.all(
    [0, 1, 2].map(async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(site.origin)
      const id = await page.evaluate(async () => {
        while (window.observe.status.replay.state !== 'recording')
          await new Promise((resolve) => setTimeout(resolve, 50))
        return window.observe.session.id
      })
      await page.waitForTimeout(1_500)
      await context.close()
      return id
    }),
  )
  const recorded = Buffer.concat(ingest.batches().map(({ body }) => body)).toString()
  expect(ids.filter((id) => recorded.includes(id))).toEqual(ids)
  expect(new Set(umami.requests.map(({ payload }) => payload.id))).toEqual(new Set(ids))
  expect(new Set(collector.batches.map(({ envelope }) => envelope.session.id))).toEqual(new Set(ids))
})

it('keeps its one instance through hot updates of a Vite development server', async () => {
  const root = mkdtempSync(join(import.meta.dirname, '.hmr-'))
  const entry = join(root, 'main.ts')
  const write = (version: number) =>
    writeFileSync(
      entry,
      `import { initObservability } from '${join(import.meta.dirname, '../../src/index.ts')}'
       const inits = (window.inits ??= [])
       inits.push(initObservability({ app: 'test', environment: 'test', collector: { endpoint: '${collector.endpoint}' } }))
       inits.at(-1).track('version ${'abc'[version]}')
       import.meta.hot.accept()`,
    )
  write(0)
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><title>Test</title><script type="module" src="/main.ts"></script>',
  )
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@acme/source', ...defaultClientConditions] },
    // Vite reloads the page when it finds a dependency to optimise: that would be no hot update.
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  })
  await server.listen()
  const page = await browser.newPage()
  try {
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    const address = server.httpServer?.address() as AddressInfo | undefined
    await page.goto(`http://127.0.0.1:${address?.port}/`)
    const inits = () => page.evaluate(() => (globalThis as never as { inits?: unknown[] }).inits?.length ?? 0)
    await waitFor('the first version', async () => (await inits()) === 1, 30_000)
    for (const version of [1, 2]) {
      write(version)
      await waitFor('the update', async () => (await inits()) === version + 1)
    }
    const distinct = await page.evaluate(async () => {
      const { inits } = globalThis as never as { inits: Observability[] }
      await inits[0]?.flush()
      return new Set(inits).size
    })
    expect(distinct).toBe(1)
    expect(eventsOf('page-view')).toHaveLength(1)
    expect(eventsOf('custom').map(({ name }) => name)).toEqual(['version a', 'version b', 'version c'])
    expect(problems).toEqual([])
  } finally {
    await page.close()
    await server.close()
    rmSync(root, { recursive: true })
  }
})

it('works in a frame of another origin', async () => {
  const inner = await serve()
  const outer = await serve({
    script: 'export {}',
    html: `<iframe src="${inner.origin.replace('127.0.0.1', 'localhost')}/inside"></iframe>`,
  })
  const page = await browser.newPage()
  await page.goto(outer.origin)
  await waitFor('the page view', () => eventsOf('page-view').some(({ page: { path } }) => path === '/inside'))
  await page.close()
})

it('reports the same numbers as web-vitals, with a late shift and a slow interaction', async () => {
  const site = await serve({
    script: `
      import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
      import { initObservability } from '../../../src/index.ts'
      window.observe = initObservability(OPTIONS)
      window.seen = {}
      const note = ({ name, value }) => { seen[name] = value; navigator.sendBeacon('/api/seen?' + name + '=' + value, '') }
      for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(note)
      document.getElementById('pay').addEventListener('click', () => {
        const until = performance.now() + 250
        while (performance.now() < until);
      })
      setTimeout(() => { document.getElementById('title').style.marginTop = '200px' }, 700)`,
  })
  const page = await browser.newPage()
  await page.goto(site.origin)
  await page.waitForTimeout(1_200)
  await page.click('#pay')
  await page.waitForTimeout(1_500)
  await page.close({ runBeforeUnload: true })
  await waitFor('all vitals', () => new Set(eventsOf('web-vital').map(({ name }) => name)).size === 6)
  const theirs: Record<string, number> = {}
  for (const { url } of sites[0]?.requests ?? []) {
    const [, name, value] = /seen\?(\w+)=(.+)/.exec(url) ?? []
    if (name) theirs[name] = Number(value)
  }
  const ours = Object.fromEntries(
    eventsOf('web-vital')
      .filter(({ name }) => name !== 'FID')
      .map(({ name, value }) => [name, value]),
  )
  expect(Object.keys(theirs).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TTFB'])
  expect(ours).toEqual(theirs)
  expect(ours.INP).toBeGreaterThan(200)
  expect(ours.CLS).toBeGreaterThan(0)
})
