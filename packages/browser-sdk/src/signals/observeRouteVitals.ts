import type { Metric, onCLS, onINP, onLCP } from 'web-vitals'

/** Handed over by the entry chunk: imported here, web-vitals would become a chunk of its own in front of it. */
export type RouteMeasures = readonly [typeof onCLS, typeof onINP, typeof onLCP]

/**
 * Reports LCP, INP and CLS of every route that the browser itself recognises as a soft navigation: an interaction, a new
 * address and new content painted (https://developer.chrome.com/docs/web-platform/soft-navigations). Each is measured from
 * that interaction on and final at the next route or when the page is hidden. Other browsers report nothing: a value put
 * together from router events would mean something else. web-vitals has no way to stop.
 */
export const observeRouteVitals = (measures: RouteMeasures, report: (metric: Metric) => void): void => {
  for (const observe of measures) {
    observe((metric) => metric.navigationType === 'soft-navigation' && report(metric), {
      reportSoftNavs: true,
    })
  }
}
