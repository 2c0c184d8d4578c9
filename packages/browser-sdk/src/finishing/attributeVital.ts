import { sanitizeUrl } from '@acme/observe-schema/masking'
import type { Properties } from '@acme/observe-schema/types'
import { describeTarget } from '../signals/describeTarget.ts'

interface Shift extends PerformanceEntry {
  value: number
  sources: { node: Node | null }[]
}

/**
 * What a metric's entries say about its cause. The attribution build of web-vitals knows more and would add
 * 2.4 kB; these are the parts people act on.
 */
export const attributeVital = (
  name: string,
  entries: readonly PerformanceEntry[],
): Properties | undefined => {
  const timing = entries.at(-1)
  if (!timing) return
  const { processingStart, processingEnd, target, startTime, duration } = timing as PerformanceEventTiming
  const found: Record<string, string | number | undefined> =
    name === 'CLS'
      ? {
          target: describeTarget(
            (entries as Shift[]).reduce((a, b) => (b.value > a.value ? b : a)).sources[0]?.node,
          ),
        }
      : name === 'LCP'
        ? {
            // A click that leaves the view makes LCP final and takes the element with it: the URL remains.
            target: describeTarget((timing as LargestContentfulPaint).element),
            url: sanitizeUrl((timing as LargestContentfulPaint).url) || undefined,
          }
        : name === 'TTFB'
          ? {
              connectMs: (timing as PerformanceNavigationTiming).connectEnd,
              requestMs: (timing as PerformanceNavigationTiming).requestStart,
            }
          : processingStart
            ? {
                target: describeTarget(target),
                eventType: timing.name,
                inputDelayMs: processingStart - startTime,
                processingMs: processingEnd - processingStart,
                presentationDelayMs: Math.max(0, startTime + duration - processingEnd),
              }
            : {}
  return JSON.parse(JSON.stringify(found))
}
