import type { NewRow } from '../store/tables.ts'
import { rateVital, VITAL_NAMES } from '../vitalThresholds.ts'

type BrowserEvent = NewRow<'browser_events'>
type Line = Record<string, unknown>

/**
 * The page's events a line of the collector stands for: one each, but all vitals of a page in one line.
 * The detail lines of poor vitals repeat an event and are log lines only.
 */
export const browserEvents = (json: Line, line: string, receivedMs: number): BrowserEvent[] => {
  if (json.source !== 'browser' || typeof json.eventType !== 'string') return []
  const shared = sharedColumns(json, line, receivedMs)
  if (json.eventType === 'web-vital') return 'vital' in json ? [] : vitals(json, shared)
  const event_id = text(json.eventId)
  if (event_id === undefined) return []
  const error = isObject(json.error) ? json.error : {}
  return [
    {
      ...shared,
      event_id,
      name: text(json.name) ?? text(error.name),
      fingerprint: text(json.fingerprint),
      count: json.eventType === 'error' ? (number(error.count) ?? 1) : undefined,
    },
  ]
}

const vitals = (json: Line, shared: Omit<BrowserEvent, 'event_id'>): BrowserEvent[] => {
  const ids = isObject(json.eventIds) ? json.eventIds : {}
  const samples = VITAL_NAMES.flatMap((name) => {
    const values = [json[name]].flat()
    return [ids[name]].flat().flatMap((id, index): BrowserEvent[] => {
      const value = number(values[index])
      if (typeof id !== 'string' || value === undefined) return []
      return [{ ...shared, event_id: id, name, value, rating: rateVital(name, value) }]
    })
  })
  const updates = [json.updates ?? []].flat().flatMap((update): BrowserEvent[] => {
    if (!isObject(update) || typeof update.eventId !== 'string') return []
    return [
      {
        ...shared,
        event_id: update.eventId,
        name: text(update.name),
        value: number(update.value),
        rating: text(update.rating),
        metric_id: text(update.metricId),
      },
    ]
  })
  return [...samples, ...updates]
}

const sharedColumns = (json: Line, line: string, receivedMs: number): Omit<BrowserEvent, 'event_id'> => ({
  at_ms: epochMs(json.eventTime) ?? receivedMs,
  received_ms: receivedMs,
  type: String(json.eventType),
  session_id: text(json.sessionId),
  page_path: text(json.pagePath),
  page_route: text(json.pageRoute) ?? text(json.route),
  device_type: text(json.deviceType),
  replay_url: text(json.replayUrl),
  name: undefined,
  value: undefined,
  rating: undefined,
  metric_id: undefined,
  fingerprint: undefined,
  count: undefined,
  trace_id: text(json.traceId),
  request_id: text(json.requestId),
  line,
})

const epochMs = (value: unknown): number | undefined => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
