import type { WebVitalName } from '@acme/observe-schema/types'
import { rateVital } from '../vitalThresholds.ts'
import type { Random } from './random.ts'

/** Median on a fast desktop, and spread, of each vital; CLS does not depend on the device's speed. */
const SHAPES: Readonly<
  Record<WebVitalName, { median: number; sigma: number; scales: boolean; target?: string }>
> = {
  TTFB: { median: 260, sigma: 0.5, scales: true },
  FCP: { median: 780, sigma: 0.4, scales: true },
  LCP: { median: 1350, sigma: 0.42, scales: true, target: 'main > figure.hero > img' },
  CLS: { median: 0.03, sigma: 1.1, scales: false, target: 'main > aside.notice' },
  INP: { median: 72, sigma: 0.7, scales: true, target: 'button.add-to-cart' },
  FID: { median: 9, sigma: 0.8, scales: true },
}

/** The members a `web-vital` event has of its own. */
export const drawVital = (random: Random, name: WebVitalName, slowness: number) => {
  const { median, sigma, scales, target } = SHAPES[name]
  const raw = random.logNormal(median * (scales ? slowness : 1), sigma)
  const value = name === 'CLS' ? Math.round(raw * 10_000) / 10_000 : Math.round(raw * 10) / 10
  return {
    type: 'web-vital' as const,
    name,
    value,
    delta: value,
    rating: rateVital(name, value),
    metricId: `v6-${random.hex(13)}`,
    navigationType: 'navigate',
    ...(target && { attribution: { target } }),
  }
}
