import type { Properties } from '@acme/observe-schema/types'

const difference = (end: number, start: number): number => Math.max(0, Math.round(end - start))

/** Where the time of a page load went, and how much was loaded (https://w3c.github.io/navigation-timing/). */
export const describeNavigation = (): Properties | undefined => {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  return (
    navigation && {
      redirectMs: difference(navigation.redirectEnd, navigation.redirectStart),
      dnsMs: difference(navigation.domainLookupEnd, navigation.domainLookupStart),
      connectMs: difference(navigation.connectEnd, navigation.connectStart),
      requestMs: difference(navigation.responseStart, navigation.requestStart),
      responseMs: difference(navigation.responseEnd, navigation.responseStart),
      domReadyMs: Math.round(navigation.domContentLoadedEventEnd),
      loadMs: Math.round(navigation.loadEventEnd),
      resources: resources.length,
      resourceBytes: resources.reduce((sum, { transferSize }) => sum + transferSize, 0),
      cachedResources: resources.filter(
        ({ transferSize, decodedBodySize }) => !transferSize && decodedBodySize,
      ).length,
    }
  )
}
