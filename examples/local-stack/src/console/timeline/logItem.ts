import type { Row } from '../../store/tables.ts'
import type { Tone } from '../components.ts'
import { formatMetric } from '../format.ts'
import { parseObject, prettyJson } from '../json.ts'
import type { TimelineItem } from './TimelineItem.ts'

const PAGE_EVENTS = new Set(['web-vital', 'error', 'page-view', 'custom', 'log'])

/** A line of a function's log. Undefined for lines that are on the timeline as what they stand for. */
export const logItem = (row: Row<'log_events'>, nested: boolean): TimelineItem | undefined => {
  const json = parseObject(row.line)
  if (json?.source === 'browser' && PAGE_EVENTS.has(String(json.eventType))) return undefined
  const failure = row.source === 'platform' ? failedStatus(json) : undefined
  if (row.source === 'platform' && !failure) return undefined
  return {
    at: row.at_ms,
    kind: row.is_emf ? 'metrics' : 'log',
    icon: row.is_emf ? 'metrics' : 'log',
    title: failure ? `Lambda reports ${failure}` : firstLine(row.message ?? row.line),
    notes: [row.function_name, ...(row.is_emf && json ? metricNotes(json) : [row.level ?? row.source])],
    tone: failure ? 'bad' : levelTone(row.level),
    nested,
    details: prettyJson(json ?? row.line),
  }
}

/** `error` or `timeout`, as the platform's own lines say it. */
const failedStatus = (json: Record<string, unknown> | undefined): string | undefined => {
  const status = parseObject(json?.record)?.status
  return typeof status === 'string' && status !== 'success' ? status : undefined
}

const firstLine = (text: string): string => text.slice(0, 300).split('\n', 1)[0] ?? ''

const levelTone = (level: string | null): Tone =>
  level === 'ERROR' || level === 'FATAL' ? 'bad' : level === 'WARN' ? 'warn' : 'neutral'

/** The values an EMF document holds, without the zeros and the one that is always 1. */
const metricNotes = (json: Record<string, unknown>): string[] => {
  const directives = parseObject(json._aws)?.CloudWatchMetrics
  if (!Array.isArray(directives)) return []
  const definitions = directives.flatMap((directive) =>
    Array.isArray(directive?.Metrics) ? directive.Metrics : [],
  )
  return definitions.flatMap(({ Name, Unit }: { Name: string; Unit?: string }) => {
    const value = json[Name]
    return typeof value === 'number' && value !== 0 && Name !== 'Invocations'
      ? [`${Name} ${formatMetric(value, Unit ?? 'None')}`]
      : []
  })
}
