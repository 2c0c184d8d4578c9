import { chromium } from 'playwright'
import { ensureBrowser } from '../../scripts/ensure-browser.mjs'
import { BROWSER_ARGS } from '../../scripts/find-browser.mjs'
import { OBSERVER } from './measureLoad.mjs'

const CPU_SLOWDOWN = 4

/** Bytes per second and milliseconds. Slow 4G as Lighthouse simulates it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms. */
export const NETWORKS = {
  unlimited: undefined,
  'slow-4g': { downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 },
}

/** One page in a browser of its own, slowed down as a phone is. */
export const openPage = async (network) => {
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGS })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(OBSERVER)
  const cdp = await page.context().newCDPSession(page)
  // Time of the thread, not of the clock: what others do on the machine counts less.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  const limits = NETWORKS[network]
  if (limits) {
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', { offline: false, ...limits })
  }
  return { page, cdp, version: browser.version(), close: () => browser.close() }
}
