import { type Metric, onCLS, onINP, onLCP } from 'web-vitals'

/**
 * Reports LCP, INP and CLS of every route that the browser itself recognises as a soft navigation: an interaction, a new
 * address and new content painted (https://developer.chrome.com/docs/web-platform/soft-navigations). Each is measured from
 * that interaction on and final at the next route or when the page is hidden. Other browsers report nothing: a value put
 * together from router events would mean something else. web-vitals has no way to stop.
 */
export const observeRouteVitals = (report: (metric: Metric) => void): void => {
  for (const observe of [onCLS, onINP, onLCP]) {
    observe((metric) => metric.navigationType === 'soft-navigation' && report(metric), {
      reportSoftNavs: true,
    })
  }
}
