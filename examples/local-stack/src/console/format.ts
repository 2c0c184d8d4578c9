import type { WebVitalName } from '@acme/observe-schema/types'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

export const formatCount = (value: number): string =>
  value < 10_000 ? whole.format(value) : compact.format(value)

/** `84 ms`, `1.35 s`, `2 min 5 s` */
export const formatDuration = (ms: number): string => {
  if (ms < 10) return `${trim(ms, 1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${trim(ms / 1000, 2)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export const formatBytes = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${trim(bytes / 1000, 1)} kB`
      : `${trim(bytes / 1_000_000, 1)} MB`

export const formatPercent = (share: number): string =>
  share > 0 && share < 0.001 ? '<0.1%' : `${trim(share * 100, 1)}%`

export const formatVital = (name: WebVitalName, value: number): string =>
  name === 'CLS' ? value.toFixed(3) : formatDuration(value)

/** A metric's value in its CloudWatch unit. */
export const formatMetric = (value: number, unit: string): string => {
  if (unit === 'Milliseconds') return formatDuration(value)
  if (unit === 'Bytes') return formatBytes(value)
  return value === Math.round(value) ? formatCount(value) : trim(value, 3)
}

/** Time of the day on this machine. */
export const formatClock = (ms: number, withMillis = false): string => {
  const date = new Date(ms)
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(':')
  return withMillis ? `${clock}.${pad(date.getMilliseconds(), 3)}` : clock
}

/** `now`, `12 s ago`, `3 min ago`, `5 h ago`, `2 d ago` */
export const formatAgo = (ms: number, nowMs: number): string => {
  const seconds = Math.max(0, Math.round((nowMs - ms) / 1000))
  if (seconds < 2) return 'now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')
const trim = (value: number, digits: number): string => String(Number(value.toFixed(digits)))
