import type { WebVitalName } from '@acme/observe-schema/types'
import { rateVital, VITAL_THRESHOLDS } from '../vitalThresholds.ts'
import { ratingTone } from './components.ts'
import { formatVital } from './format.ts'
import { type Html, html } from './html.ts'

/** Widths that let both thresholds fall between two bins, so that no bin has two ratings. */
const BIN_WIDTH: Readonly<Record<WebVitalName, number>> = {
  LCP: 250,
  INP: 25,
  CLS: 0.0125,
  FCP: 150,
  TTFB: 100,
  FID: 12.5,
}
const HEIGHT = 64

/** How a vital's values spread, each bin in the colour of its rating; the last bin takes the tail. */
export const histogram = (name: WebVitalName, values: readonly number[]): Html => {
  const [good, poor] = VITAL_THRESHOLDS[name]
  const end = poor * 1.5
  const width = BIN_WIDTH[name]
  const bins = Math.round(end / width)
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const most = Math.max(1, ...counts)
  const step = 100 / bins
  const mark = (threshold: number) => (threshold / end) * 100
  return html`<div class="histogram">
<svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${name}: ${values.length} values from ${formatVital(name, Math.min(...values))} to ${formatVital(name, Math.max(...values))}">
${counts.map((count, bin) => {
  const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT)
  const tone = ratingTone(rateVital(name, (bin + 0.5) * width))
  return html`<rect class="${tone}" x="${bin * step + 0.3}" y="${HEIGHT - height}" width="${step - 0.6}" height="${height}"/>`
})}
<line class="mark" x1="${mark(good)}" x2="${mark(good)}" y1="0" y2="${HEIGHT}"/><line class="mark" x1="${mark(poor)}" x2="${mark(poor)}" y1="0" y2="${HEIGHT}"/></svg>
<svg class="histogram-axis" aria-hidden="true"><text x="0" y="13">0</text><text x="${mark(good)}%" y="13">${formatVital(name, good)}</text><text x="${mark(poor)}%" y="13">${formatVital(name, poor)}</text></svg></div>`
}
