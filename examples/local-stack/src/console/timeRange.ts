import { choices } from './components.ts'
import type { Html } from './html.ts'

const RANGES = {
  '5m': 5 * 60_000,
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  all: undefined,
} as const

export type RangeName = keyof typeof RANGES

export interface TimeRange {
  name: RangeName
  /** Epoch milliseconds; 0 for all there is. */
  from: number
  to: number
}

/** The range a view's `?range=` asks for; the last hour when it does not. */
export const readRange = (parameters: URLSearchParams, nowMs: number): TimeRange => {
  const asked = parameters.get('range') ?? ''
  const name = asked in RANGES ? (asked as RangeName) : '1h'
  const length = RANGES[name]
  return { name, from: length === undefined ? 0 : nowMs - length, to: nowMs }
}

/** Links to the other ranges of the same view. */
export const rangeChoices = (url: URL, range: TimeRange): Html =>
  choices(
    'Time range',
    (Object.keys(RANGES) as RangeName[]).map((name) => {
      const parameters = new URLSearchParams(url.searchParams)
      parameters.set('range', name)
      return {
        label: name === 'all' ? 'All' : name,
        href: `${url.pathname}?${parameters}`,
        current: name === range.name,
      }
    }),
  )

const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400]
const MOST_POINTS = 60

/** Evenly spaced times that cover the data, at most about sixty. */
export const timeAxis = (firstMs: number, lastMs: number): { stepMs: number; times: number[] } => {
  const span = Math.max(1000, lastMs - firstMs)
  const stepMs = (STEPS_SECONDS.find((step) => span / (step * 1000) <= MOST_POINTS) ?? 86_400) * 1000
  const start = Math.floor(firstMs / stepMs) * stepMs
  const points = Math.min(2000, Math.floor((lastMs - start) / stepMs) + 1)
  return { stepMs, times: Array.from({ length: points }, (_, index) => start + index * stepMs) }
}
