import { type Browser, chromium } from 'playwright'
// @ts-expect-error: a script without types
import { BROWSER_ARGS, findBrowser } from '../../../../../scripts/find-browser.mjs'

/** A headless Chromium-family browser, the one that `npm test` uses; `without` takes away what Playwright switches on. */
export const launchBrowser = async (
  args: readonly string[] = [],
  without: readonly string[] = [],
): Promise<Browser> => {
  const executablePath: string | undefined = await findBrowser()
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...BROWSER_ARGS, ...args],
    ignoreDefaultArgs: [...without],
  })
}
