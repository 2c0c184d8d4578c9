import type { WebVitalName } from '@acme/observe-schema/types'
import type { Page } from 'playwright'

/** What is read of the browser's performance entries; this file is checked without the DOM's types. */
interface Entry {
  entryType: string
  name: string
  startTime: number
  duration: number
  processingStart: number
  interactionId: number
  responseStart: number
  value: number
  hadRecentInput: boolean
}

declare const PerformanceObserver: new (
  callback: (list: { getEntries(): Entry[] }) => void,
) => { observe(options: { type: string; buffered: boolean; durationThreshold?: number }): void }

declare const requestIdleCallback: (callback: () => void, options: { timeout: number }) => void

/**
 * The page's vitals from the browser's own performance entries, computed without any library. Resolves once there is an
 * interaction of at least `slowestMs`. Valid for fewer than 50 interactions.
 */
export const measureVitals = (page: Page, slowestMs: number): Promise<Record<WebVitalName, number>> =>
  page.evaluate(
    (slowest) =>
      new Promise<Record<WebVitalName, number>>((resolve, reject) => {
        setTimeout(() => {
          const found = seen.map(
            ({ entryType, name, duration, interactionId }) =>
              `${entryType} ${name} ${duration} ms ${interactionId}`,
          )
          reject(new Error(`No interaction of ${slowest} ms. Entries: ${found.join(', ')}`))
        }, 10_000)
        const seen: Entry[] = []
        const entries = (type: string) => seen.filter(({ entryType }) => entryType === type)
        // Bursts of shifts less than a second apart, of five seconds at most: https://web.dev/articles/evolving-cls
        const worstBurst = (shifts: Entry[]) => {
          let [worst, burst, first, last] = [0, 0, 0, 0]
          for (const { startTime, value } of shifts) {
            if (startTime - last >= 1_000 || startTime - first >= 5_000) [burst, first] = [0, startTime]
            burst += value
            last = startTime
            worst = Math.max(worst, burst)
          }
          return worst
        }
        const settle = () => {
          const [first] = entries('first-input')
          const [navigation] = entries('navigation')
          const paint = entries('paint').find(({ name }) => name === 'first-contentful-paint')
          const largest = entries('largest-contentful-paint').at(-1)
          const interactions = [...entries('event'), ...entries('first-input')]
            .filter(({ interactionId }) => interactionId > 0)
            .map(({ duration }) => duration)
          if (!first || !navigation || !paint || !largest || Math.max(...interactions) < slowest) return
          const measured = {
            FID: first.processingStart - first.startTime,
            INP: Math.max(...interactions),
            FCP: paint.startTime,
            LCP: largest.startTime,
            TTFB: navigation.responseStart,
            CLS: worstBurst(entries('layout-shift').filter(({ hadRecentInput }) => !hadRecentInput)),
          }
          // web-vitals looks at interactions when the page is idle; this callback queues up behind its own.
          requestIdleCallback(() => resolve(measured), { timeout: 1_000 })
        }
        // The interaction comes last, when the entries of all other types have been delivered.
        const types = [
          'navigation',
          'paint',
          'largest-contentful-paint',
          'layout-shift',
          'first-input',
          'event',
        ]
        for (const type of types)
          new PerformanceObserver((list) => {
            seen.push(...list.getEntries())
            settle()
          }).observe({ type, buffered: true, ...(type === 'event' && { durationThreshold: 16 }) })
      }),
    slowestMs,
  )
