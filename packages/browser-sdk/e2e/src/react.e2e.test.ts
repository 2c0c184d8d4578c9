import type { ObserveEvent } from '@acme/observe-schema/types'
import type { BuildOptions } from 'esbuild'
import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Observability } from '../../src/index.ts'
import { launchBrowser } from './support/launchBrowser.ts'
import { openTab, openTools, type Tools } from './support/openTools.ts'
import { waitFor } from './support/waitFor.ts'

declare const window: { observe: Observability } & typeof globalThis

const imports = `
  import { StrictMode, useState, version } from 'react'
  import { createRoot } from 'react-dom/client'
  import { initObservability } from '../../../src/index.ts'
  import { ErrorBoundary, ObservabilityProvider, PrivacyNotice, reactErrorHandlers, useConsent, useRoute, useTrack } from '../../../src/react/index.ts'
  window.observe = initObservability(OPTIONS)
  initObservability(OPTIONS)
  document.documentElement.dataset.react = version.split('.')[0]
  const root = document.createElement('div')
  root.id = 'root'
  document.body.append(root)
`

/** Errors inside and outside of a boundary that shows something else. */
const broken = `${imports}
  const Broken = ({ name }) => { throw new Error('cannot render ' + name) }
  const App = () => {
    const [shown, show] = useState('')
    return <>
      <button id="inside" onClick={() => show('inside')}>inside</button>
      <button id="outside" onClick={() => show('outside')}>outside</button>
      <ErrorBoundary fallback={({ reset }) => <button id="fallback" onClick={() => { show(''); reset() }}>sorry</button>}>
        {shown === 'inside' && <Broken name="inside" />}
      </ErrorBoundary>
      <ErrorBoundary>{shown === 'outside' && <Broken name="outside" />}</ErrorBoundary>
    </>
  }
  createRoot(root, reactErrorHandlers()).render(<StrictMode><App /></StrictMode>)`

/** Routes, business events and consent. */
const shop = `${imports}
  const Order = () => { useRoute('/orders/:id'); return <p>Order</p> }
  const App = () => {
    const [isOrder, show] = useState(false)
    const [consent] = useConsent()
    const track = useTrack()
    return <>
      <p id="consent">{consent}</p>
      <button id="order" onClick={() => { history.pushState({}, '', '/orders/4711'); show(true) }}>order</button>
      <button id="buy" onClick={() => track('buy', { step: 2 })}>buy</button>
      {isOrder && <Order />}
      <PrivacyNotice />
    </>
  }
  createRoot(root).render(<StrictMode><ObservabilityProvider observe={observe}><App /></ObservabilityProvider></StrictMode>)`

/** Version 18 is a workspace's of its own: npm lets one workspace have one React. */
const REACT: Record<number, BuildOptions> = {
  18: { alias: { react: 'react-18/node_modules/react', 'react-dom': 'react-18/node_modules/react-dom' } },
}

let browser: Browser
let tools: Tools

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  tools = await openTools()
  tools.incomplete = 'nothing is recorded'
})
afterEach(() => tools.stop())

const eventsOf = <Type extends ObserveEvent['type']>(type: Type) =>
  tools.collector
    .events()
    .filter((event): event is Extract<ObserveEvent, { type: Type }> => event.type === type)

describe.each([18, 19])('with React %i', (version) => {
  const open = async (script: string, options: object = {}) => {
    const site = await tools.serve(
      { openReplay: undefined, ...options },
      { script, build: REACT[version] ?? {} },
    )
    const tab = await openTab(browser, site.origin)
    expect(await tab.page.getAttribute('html', 'data-react')).toBe(String(version))
    return tab
  }

  it('reports what React shows once, under StrictMode, and leaves the page as it would be', async () => {
    const { page, context } = await open(broken)
    await page.click('#inside')
    await page.click('#fallback')
    await page.waitForSelector('#fallback', { state: 'detached' })
    await page.click('#outside')
    await page.waitForFunction(() => document.getElementById('root')?.childElementCount === 0)
    await page.evaluate(() => window.observe.flush())
    await context.close()
    expect(
      eventsOf('error').map(({ source, message, handled, count }) => ({ source, message, handled, count })),
    ).toEqual([
      { source: 'react', message: 'cannot render inside', handled: true, count: 1 },
      { source: 'react', message: 'cannot render outside', handled: false, count: 1 },
    ])
    const [inside, outside] = eventsOf('error').map(({ componentStack }) => componentStack)
    expect(inside).toContain('Broken')
    // Only the root of React 19 tells where an error was that no boundary kept.
    expect(outside?.includes('Broken')).toBe(version === 19 ? true : undefined)
  })

  it('names routes, records events and asks for consent', async () => {
    const { page, context } = await open(shop, { consent: 'pending' })
    await page.click('#order')
    await page.click('#buy')
    expect(await page.textContent('#consent')).toBe('pending')
    expect(tools.collector.batches).toEqual([])
    await page.click('[data-part="accept"]')
    expect(await page.textContent('#consent')).toBe('granted')
    expect(await page.locator('section').count()).toBe(0)
    await waitFor('the events', () => eventsOf('custom')[0])
    await context.close()
    expect(eventsOf('custom')).toMatchObject([
      { name: 'buy', properties: { step: 2 }, page: { path: '/orders/:id', route: '/orders/:id' } },
    ])
  })
})
