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

/**
 * The page's vitals from the browser's own performance entries, computed without any library. Resolves once there is an
 * interaction of at least `slowestMs`. Valid for a page with one burst of layout shifts.
 */
export const measureVitals = (page: Page, slowestMs: number): Promise<Record<WebVitalName, number>> =>
  page.evaluate(
    (slowest) =>
      new Promise<Record<WebVitalName, number>>((resolve) => {
        const seen: Entry[] = []
        const entries = (type: string) => seen.filter(({ entryType }) => entryType === type)
        const settle = () => {
          const [first] = entries('first-input')
          const [navigation] = entries('navigation')
          const paint = entries('paint').find(({ name }) => name === 'first-contentful-paint')
          const largest = entries('largest-contentful-paint').at(-1)
          const interactions = [...entries('event'), ...entries('first-input')]
            .filter(({ interactionId }) => interactionId > 0)
            .map(({ duration }) => duration)
          if (!first || !navigation || !paint || !largest || Math.max(...interactions) < slowest) return
          resolve({
            FID: first.processingStart - first.startTime,
            INP: Math.max(...interactions),
            FCP: paint.startTime,
            LCP: largest.startTime,
            TTFB: navigation.responseStart,
            CLS: entries('layout-shift')
              .filter(({ hadRecentInput }) => !hadRecentInput)
              .reduce((sum, { value }) => sum + value, 0),
          })
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
