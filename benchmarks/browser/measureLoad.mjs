/** How long a page is watched after its load event. */
const WATCH_MS = 3_000
/** What a user cannot yet feel of a task; the rest of it blocks. https://web.dev/articles/tbt */
const BLOCKING_MS = 50

/** Runs in the page before everything else. */
export const OBSERVER = `
  globalThis.__bench = { lcp: [], paint: [], longTasks: [] }
  const watch = (type, list) => new PerformanceObserver((all) => {
    for (const { name, startTime, duration, url } of all.getEntries()) list.push({ name, startTime, duration, url })
  }).observe({ type, buffered: true })
  watch('largest-contentful-paint', __bench.lcp)
  watch('paint', __bench.paint)
  watch('longtask', __bench.longTasks)
`

const METRICS = { scriptMs: 'ScriptDuration', mainThreadMs: 'TaskDuration' }

/** The browser counts anew with every navigation. */
const readMetrics = async (cdp) => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const found = Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  return Object.fromEntries(Object.entries(METRICS).map(([key, name]) => [key, found[name] * 1000]))
}

const total = (list, of) => list.reduce((sum, item) => sum + Math.max(0, of(item)), 0)

/** One load of a variant's page, from a blank page of the same origin and with empty stores, to `WATCH_MS` after it. */
export const measureLoad = async ({ page, cdp, origin, path }) => {
  await page.goto(`${origin}/blank`)
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await cdp.send('HeapProfiler.collectGarbage')
  await page.goto(`${origin}/page/${path}`, { waitUntil: 'load' })
  await page.waitForTimeout(WATCH_MS)
  const metrics = await readMetrics(cdp)
  const { lcp, paint, longTasks } = await page.evaluate('__bench')
  const largest = lcp.at(-1)
  // Without the picture it was another page that was measured.
  if (!largest?.url?.endsWith('/hero.png')) return undefined
  const fcp = paint.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0
  return {
    lcpMs: largest.startTime,
    fcpMs: fcp,
    longTaskBeforeLcpMs: total(
      longTasks,
      ({ startTime, duration }) => Math.min(startTime + duration, largest.startTime) - startTime,
    ),
    tbtMs: total(
      longTasks.filter(({ startTime, duration }) => startTime + duration > fcp),
      ({ duration }) => duration - BLOCKING_MS,
    ),
    ...metrics,
  }
}
