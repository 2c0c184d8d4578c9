import type { Row } from '../../store/tables.ts'
import { formatBytes } from '../format.ts'
import { parseObject, prettyJson } from '../json.ts'
import type { TimelineItem } from './TimelineItem.ts'

export const requestItem = (row: Row<'requests'>): TimelineItem => {
  const failed = row.status >= 500 || row.status === 0
  const { seq: _, ...details } = row
  return {
    at: row.at_ms,
    duration: row.duration_ms,
    kind: 'api',
    icon: 'api',
    title: `${row.method} ${row.path}`,
    notes: [
      row.status === 0 ? 'no answer' : String(row.status),
      ...(row.function_name ? [row.function_name] : []),
    ],
    tone: failed ? 'bad' : row.status >= 400 ? 'warn' : 'good',
    details: prettyJson(details),
  }
}

export const envelopeItem = (row: Row<'envelopes'>): TimelineItem => {
  const events = parseObject(Buffer.from(row.body).toString('utf8'))?.events
  const count = Array.isArray(events) ? [`${events.length} events`] : []
  return {
    at: row.at_ms,
    kind: 'envelope',
    icon: 'wire',
    title: 'Batch to the collector',
    notes: [...count, formatBytes(row.size_bytes), row.status === null ? 'no answer' : String(row.status)],
    tone: row.status === 202 ? 'neutral' : 'bad',
    link: `/wire/${row.seq}`,
  }
}

export const analyticsItem = (row: Row<'analytics_events'>): TimelineItem => ({
  at: row.at_ms,
  kind: 'analytics',
  icon: 'page',
  title: row.name ?? row.url ?? row.type,
  notes: ['analytics'],
  tone: 'neutral',
  details: prettyJson(parseObject(row.payload)),
})

export const replayItem = (row: Row<'replay_batches'>): TimelineItem => ({
  at: row.at_ms,
  kind: 'replay',
  icon: 'replay',
  title: 'Replay batch',
  notes: [formatBytes(row.size_bytes), ...(row.data_type ? [row.data_type] : [])],
  tone: 'neutral',
})
