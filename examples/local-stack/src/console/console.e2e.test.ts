import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BROWSER_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs'
import { startConsole } from '../testing/consoleServer.ts'
import { FINGERPRINT, SESSION_ID, seedStore } from '../testing/seedStore.ts'

const PATHS = [
  '/',
  '/sessions',
  `/sessions/${SESSION_ID}`,
  '/vitals',
  '/errors',
  `/errors/${FINGERPRINT}`,
  '/metrics',
  '/wire',
]

let browser: Browser
let console: Awaited<ReturnType<typeof startConsole>>
let page: Page
let complaints: string[]

beforeAll(async () => {
  const executablePath = await findBrowser()
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: BROWSER_ARGS })
  console = await startConsole()
  seedStore(console.store, Date.now())
})
afterAll(async () => {
  await browser.close()
  await console.close()
})
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  complaints = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
})
afterEach(() => page.close())

describe('the console in a browser', () => {
  it('shows every view without a complaint, a policy violation or hostile script', async () => {
    for (const path of PATHS) {
      await page.goto(`${console.url}${path}`)
      await page.waitForSelector('#live:not([hidden])')
    }
    expect(complaints).toEqual([])
  })

  it.each([390, 768, 1280])('fits %i pixels of width', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    for (const path of PATHS) {
      await page.goto(`${console.url}${path}`)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
  })

  it('draws the plots, anew when the colour scheme changes', async () => {
    await page.goto(`${console.url}/metrics`)
    await page.waitForSelector('#duration canvas')
    const before = await page.$('#duration canvas')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => before?.evaluate((canvas) => canvas.isConnected)).toBe(false)
    expect(await page.locator('#duration canvas').count()).toBe(1)
  })

  it('follows what arrives, and keeps what the reader has opened', async () => {
    await page.goto(`${console.url}/sessions/${SESSION_ID}`)
    const items = page.locator('.t-item')
    const before = await items.count()
    await page.locator('.t-item details').first().locator('summary').click()
    const marker = await page.evaluate(() => {
      Object.assign(window, { notReloaded: true })
      return document.querySelectorAll('details[open]').length
    })
    expect(marker).toBe(1)
    seedStore(console.store, Date.now())
    await expect.poll(() => items.count(), { timeout: 10_000 }).toBeGreaterThan(before)
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
    expect(await page.locator('details[open]').count()).toBe(1)
  })

  it('stands still while it is paused, and catches up after', async () => {
    await page.goto(`${console.url}/sessions/${SESSION_ID}`)
    await page.locator('#live').click()
    expect(await page.locator('#live').getAttribute('aria-pressed')).toBe('false')
    const before = await page.locator('.t-item').count()
    const told = page.waitForEvent('request', { timeout: 2_500 }).catch(() => undefined)
    seedStore(console.store, Date.now())
    expect(await told).toBeUndefined()
    expect(await page.locator('.t-item').count()).toBe(before)
    await page.locator('#live').click()
    await expect.poll(() => page.locator('.t-item').count()).toBeGreaterThan(before)
  })

  it('can be used by keyboard: skip link first, then the views, with a visible focus', async () => {
    await page.goto(console.url)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.goto(console.url)
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${console.url}/sessions`)
  })

  it.each(['light', 'dark'] as const)(
    'keeps text readable in %s: contrast of at least 4.5 to 1',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      for (const path of PATHS) {
        await page.goto(`${console.url}${path}`)
        expect(await page.evaluate(faintTexts), path).toEqual([])
      }
    },
  )
})

/** Runs in the page: texts whose colour is too close to what they stand on (WCAG 2.2, 1.4.3). */
const faintTexts = (): string[] => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (color: string): [number, number, number, number] => {
    if (!context) throw new Error('no canvas')
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha]
  }
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = rgba(color)
      .slice(0, 3)
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const background = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor
      if (rgba(color)[3] === 255) return color
    }
    return 'white'
  }
  const faint: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || !node.textContent?.trim() || !element.checkVisibility() || element.closest('script'))
      continue
    const style = getComputedStyle(element)
    const text = luminance(element instanceof SVGElement ? style.fill : style.color)
    const behind = luminance(background(element))
    const ratio = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`)
  }
  return faint
}
