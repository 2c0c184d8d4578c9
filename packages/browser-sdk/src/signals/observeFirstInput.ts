import type { MetricLike } from './observeVitals.ts'

/** https://web.dev/articles/fid#what-is-a-good-fid-score, in milliseconds. */
const GOOD_MS = 100
const POOR_MS = 300

/**
 * Reports First Input Delay once: the time from the first tap, click or key press to the moment its handlers could
 * run. An input after the page was first hidden does not count.
 */
export const observeFirstInput = (report: (metric: MetricLike) => void): void => {
  let hiddenAt = document.visibilityState === 'hidden' ? 0 : Number.POSITIVE_INFINITY
  document.addEventListener(
    'visibilitychange',
    (event) => {
      hiddenAt = Math.min(hiddenAt, event.timeStamp)
    },
    true,
  )

  new PerformanceObserver((list, observer) => {
    observer.disconnect()
    const [entry] = list.getEntries() as PerformanceEventTiming[]
    if (!entry || entry.startTime >= hiddenAt) return
    const value = entry.processingStart - entry.startTime
    report({
      name: 'FID',
      value,
      delta: value,
      rating: value > POOR_MS ? 'poor' : value > GOOD_MS ? 'needs-improvement' : 'good',
      id: `fid-${entry.startTime}`,
      entries: [entry],
      navigationType: 'navigate',
    })
  }).observe({ type: 'first-input', buffered: true })
}
