import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { BROWSER_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs'
import { type PageRecord, recordPage } from './recordPage.ts'

export interface Visit {
  page: Page
  record: PageRecord
}

/** Somebody with a browser profile who comes and goes. */
export interface Visitor {
  /** Opens a tab, and the browser if it is not running. `prepare` sees the page before anything is loaded. */
  visit(url: string, prepare?: (page: Page) => Promise<unknown>): Promise<Visit>
  /** Closes the browser; the profile stays. */
  leave(): Promise<void>
  forget(): Promise<void>
}

/** A new visitor with an empty profile. */
export const openVisitor = async (): Promise<Visitor> => {
  const profile = await mkdtemp(join(tmpdir(), 'observe-visitor-'))
  const executablePath = await findBrowser()
  let browser: BrowserContext | undefined

  const leave = async () => {
    await browser?.close()
    browser = undefined
  }

  return {
    leave,
    async visit(url, prepare) {
      browser ??= await chromium.launchPersistentContext(profile, {
        ...(executablePath && { executablePath }),
        args: BROWSER_ARGS,
        viewport: { width: 1280, height: 900 },
      })
      const page = await browser.newPage()
      page.setDefaultTimeout(15_000)
      const record = recordPage(page)
      await prepare?.(page)
      await page.goto(url)
      return { page, record }
    },
    async forget() {
      await leave()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
