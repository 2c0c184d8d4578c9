import uPlot from 'uplot'
import type { Chart, ChartSeries } from '../chart.ts'

/** How a plot looks: thin axes, the page's own colours, a legend that reads the value under the cursor. */
export const chartOptions = (
  chart: Chart,
  element: HTMLElement,
  size: { width: number; height: number },
): uPlot.Options => {
  const styles = getComputedStyle(element)
  const color = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  const font = `11px ${styles.fontFamily}`
  const axis: uPlot.Axis = {
    stroke: color('muted'),
    font,
    grid: { stroke: color('grid'), width: 1 },
    ticks: { show: false },
  }
  const format = FORMATS[chart.unit]
  return {
    ...size,
    padding: [8, 20, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { setScale: false } },
    legend: { live: true },
    scales: {
      x: { range: (_, from, to) => widen(chart.times, from, to) },
      y: { range: (_, __, to) => [0, Math.max(to * 1.08, chart.unit === 'count' ? 4 : 1)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 26, space: 70, values: (_, ticks) => ticks.map(clock) },
      {
        ...axis,
        size: 54,
        values: (_, ticks) => ticks.map(format),
        ...(chart.unit === 'count' && { incrs: WHOLE_STEPS }),
      },
    ],
    series: [
      { label: 'Time', value: (_, seconds) => (seconds === null ? '–' : clock(seconds)) },
      ...chart.series.map((one) => series(one, color, format)),
    ],
  }
}

const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000]

const series = (
  { label, color: name, kind }: ChartSeries,
  color: (name: string) => string,
  format: (value: number) => string,
): uPlot.Series => ({
  label,
  stroke: color(name),
  width: kind === 'bars' ? 0 : 1.75,
  ...(kind === 'bars'
    ? { fill: color(name), paths: bars(), points: { show: false } }
    : { spanGaps: true, points: { size: 4, fill: color(name) } }),
  value: (_, value) => (value === null ? '–' : format(value)),
})

const bars = (): uPlot.Series.PathBuilder => {
  if (!uPlot.paths.bars) throw new Error('this build of uPlot draws no bars')
  return uPlot.paths.bars({ size: [0.7, 24, 1], radius: 0.15 })
}

/** Half a step more on each side, or the outer bars would be cut; some width also for a single point. */
const widen = (times: readonly number[], from: number, to: number): [number, number] => {
  const step = times.length > 1 ? ((times[1] ?? 0) - (times[0] ?? 0)) / 1000 : 1
  return [from - step, to + step]
}

const number = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 })
const milliseconds = (ms: number): string =>
  ms < 1000 ? `${number.format(ms)} ms` : `${number.format(ms / 1000)} s`

const FORMATS: Readonly<Record<Chart['unit'], (value: number) => string>> = {
  count: (value) => number.format(value),
  score: (value) => value.toFixed(3),
  ms: milliseconds,
  bytes: (value) => `${number.format(value / 1000)} kB`,
}

const clock = (seconds: number): string => new Date(seconds * 1000).toTimeString().slice(0, 8)
