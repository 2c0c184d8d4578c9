/**
 * Calls back once the page is loaded and the browser idle: after first paint, and after the largest one where that
 * is waited for by `load`. Returns what calls it off.
 */
export const whenQuiet = (callback: () => void): (() => void) => {
  let isOff = false
  const run = () => {
    if (isOff) return
    if ('requestIdleCallback' in window) requestIdleCallback(() => !isOff && callback(), { timeout: 2_000 })
    else setTimeout(() => !isOff && callback(), 200)
  }
  if (document.readyState === 'complete') run()
  else addEventListener('load', run, { once: true })
  return () => {
    isOff = true
  }
}
