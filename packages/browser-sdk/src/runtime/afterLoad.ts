/** The largest paint comes a frame or two behind the load event. */
const PAINT_MS = 50

/** What takes longer to load is slow by the thresholds of LCP (https://web.dev/articles/lcp), and not waited for. */
const SLOW_MS = 4_000

/**
 * Calls back, once or twice, when the page has loaded and painted: what is fetched before competes with the page's
 * own images for the line.
 */
export const afterLoad = (callback: () => void): void => {
  const wait = () => setTimeout(callback, PAINT_MS)
  setTimeout(callback, SLOW_MS)
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait)
}
