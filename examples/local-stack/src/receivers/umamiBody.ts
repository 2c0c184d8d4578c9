/** A body of `/api/send`. */
export interface UmamiBody {
  type: 'event' | 'identify' | 'performance'
  payload: UmamiPayload
}

export interface UmamiPayload {
  website: string
  id?: string
  hostname?: string
  language?: string
  screen?: string
  name?: string
  tag?: string
  title?: string
  url?: string
  referrer?: string
  data?: Record<string, unknown>
  timestamp?: number
}

/** Longest strings Umami 3.1 accepts, by member. */
const MAX_LENGTH: Readonly<Record<string, number>> = {
  hostname: 100,
  language: 35,
  screen: 11,
  name: 50,
  tag: 50,
  id: 50,
  title: Number.POSITIVE_INFINITY,
  url: Number.POSITIVE_INFINITY,
  referrer: Number.POSITIVE_INFINITY,
}
const VITALS: Readonly<Record<string, number>> = {
  lcp: 60_000,
  inp: 60_000,
  fcp: 60_000,
  ttfb: 60_000,
  cls: 100,
}
const MAX_DATA_PROPERTIES = 50
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The body, or everything Umami would object to in it. */
export const checkUmamiBody = (body: unknown): { body: UmamiBody } | { issues: string[] } => {
  if (!isObject(body)) return { issues: ['the body must be an object'] }
  const { type, payload } = body
  if (type !== 'event' && type !== 'identify' && type !== 'performance') {
    return { issues: ['type must be event, identify or performance'] }
  }
  if (!isObject(payload)) return { issues: ['payload must be an object'] }
  const issues = [...textIssues(payload), ...numberIssues(payload), ...dataIssues(payload.data)]
  if (typeof payload.website !== 'string' || !UUID.test(payload.website)) {
    issues.push('payload.website must be a UUID')
  }
  return issues.length > 0 ? { issues } : { body: { type, payload: payload as unknown as UmamiPayload } }
}

const textIssues = (payload: Record<string, unknown>): string[] =>
  Object.entries(MAX_LENGTH).flatMap(([member, max]) => {
    const value = payload[member]
    if (value === undefined) return []
    if (typeof value !== 'string') return [`payload.${member} must be a string`]
    return value.length > max
      ? [`payload.${member} has ${value.length} characters, at most ${max} are taken`]
      : []
  })

const numberIssues = (payload: Record<string, unknown>): string[] =>
  Object.entries(VITALS).flatMap(([member, max]) => {
    const value = payload[member]
    if (value === undefined) return []
    const valid = typeof value === 'number' && value >= 0 && value <= max
    return valid ? [] : [`payload.${member} must be a number from 0 to ${max}`]
  })

const dataIssues = (data: unknown): string[] => {
  if (data === undefined) return []
  if (!isObject(data)) return ['payload.data must be an object']
  const count = Object.keys(data).length
  return count > MAX_DATA_PROPERTIES
    ? [`payload.data has ${count} properties, at most ${MAX_DATA_PROPERTIES}`]
    : []
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
