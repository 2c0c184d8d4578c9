import type { WebVitalName, WebVitalRating } from '@acme/observe-schema/types'

/** Upper bounds of "good" and of "needs improvement". https://web.dev/articles/vitals#lab_and_field */
export const VITAL_THRESHOLDS: Readonly<Record<WebVitalName, readonly [good: number, poor: number]>> = {
  LCP: [2500, 4000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
  FID: [100, 300],
}

export const VITAL_NAMES = Object.keys(VITAL_THRESHOLDS) as WebVitalName[]

export const rateVital = (name: WebVitalName, value: number): WebVitalRating => {
  const [good, poor] = VITAL_THRESHOLDS[name]
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor'
}
