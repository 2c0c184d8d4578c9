/** Makes the README's pictures anew from a running demo: `npm run demo -- --simulate 200`, then this. */
import { chromium } from 'playwright'
import { ensureBrowser } from './ensure-browser.mjs'
import { BROWSER_ARGS } from './find-browser.mjs'

const consoleUrl = process.argv[2] ?? 'http://127.0.0.1:4400'
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGS })
const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' })

await page.goto(consoleUrl, { waitUntil: 'load' })
await page.locator('.uplot').first().waitFor()
await page.screenshot({ path: 'docs/images/console.png' })

// The session that has most to tell: one with an error in it.
await page.goto(`${consoleUrl}/errors`)
await page.locator('main table a').first().click()
await page.locator('main a[href^="/sessions/"]').first().click()
await page.locator('h1', { hasText: 'Session' }).waitFor()
await page.screenshot({ path: 'docs/images/session.png' })
await browser.close()
