import type { MetricLike } from './observeVitals.ts'

/** https://web.dev/articles/fid#what-is-a-good-fid-score, in milliseconds. */
const GOOD_MS = 100
const POOR_MS = 300

/** The browser tells every new observer of the first input again. */
let isObserved = false

/**
 * Reports First Input Delay once: the time from the first tap, click or key press to the moment its handlers could
 * run. An input after the page was first hidden does not count.
 */
export const observeFirstInput = (report: (metric: MetricLike) => void): void => {
  if (isObserved) return
  isObserved = true
  let hiddenAt: number | undefined = document.hidden ? 0 : undefined
  document.addEventListener(
    'visibilitychange',
    (event) => {
      hiddenAt ??= event.timeStamp
    },
    true,
  )

  new PerformanceObserver((list, observer) => {
    observer.disconnect()
    const [entry] = list.getEntries() as PerformanceEventTiming[]
    const [navigation] = performance.getEntriesByType('navigation') as { activationStart?: number }[]
    const states = performance.getEntriesByType('visibility-state')
    // Where the browser remembers: this may have come late, and a page that is prerendered is out of sight at first.
    if (states[0]) {
      hiddenAt = states.find(
        ({ name, startTime }) => name === 'hidden' && startTime >= (navigation?.activationStart ?? 0),
      )?.startTime
    }
    if (!entry || (hiddenAt !== undefined && entry.startTime >= hiddenAt)) return
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
