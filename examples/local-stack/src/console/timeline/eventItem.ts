import type { ObserveEvent, WebVitalName } from '@acme/observe-schema/types'
import type { PageEvent } from '../../store/tables.ts'
import { RATING_LABEL, ratingTone } from '../components.ts'
import { formatVital } from '../format.ts'
import { parseObject, prettyJson } from '../json.ts'
import type { TimelineItem } from './TimelineItem.ts'

/** A page event: as logged, with the time and details it left the page with where the envelope is at hand. */
export const eventItem = (row: PageEvent, sent: ObserveEvent | undefined): TimelineItem => {
  const item = describe(row, sent)
  return row.times_logged > 1 ? { ...item, notes: [...item.notes, `logged ${row.times_logged} times`] } : item
}

const describe = (row: PageEvent, sent: ObserveEvent | undefined): TimelineItem => {
  const at = sent?.at ?? row.at_ms
  const details = prettyJson(sent ?? parseObject(row.line) ?? row.line)
  const path = row.page_path ?? ''
  if (row.type === 'page-view') {
    const how = sent?.type === 'page-view' ? sent.navigationType : undefined
    return { at, kind: 'page', icon: 'page', title: path, notes: how ? [how] : [], tone: 'accent', details }
  }
  if (row.type === 'web-vital') {
    const name = row.name as WebVitalName
    const rating = (row.rating ?? 'good') as keyof typeof RATING_LABEL
    const target = sent?.type === 'web-vital' ? sent.attribution?.target : undefined
    return {
      at,
      kind: 'vital',
      icon: 'vitals',
      title: `${name} ${formatVital(name, row.value ?? 0)}`,
      notes: [RATING_LABEL[rating], ...(target ? [String(target)] : [])],
      tone: ratingTone(rating),
      details,
    }
  }
  if (row.type === 'error') {
    const error = parseObject(parseObject(row.line)?.error)
    const times = row.count !== null && row.count > 1 ? [`${row.count} times`] : []
    return {
      at,
      kind: 'error',
      icon: 'errors',
      title: `${row.name ?? 'Error'}: ${String(error?.message ?? '')}`,
      notes: [String(error?.source ?? ''), ...times].filter(Boolean),
      tone: 'bad',
      ...(row.fingerprint && { link: `/errors/${encodeURIComponent(row.fingerprint)}` }),
      details,
    }
  }
  return {
    at,
    kind: row.type === 'log' ? 'log' : 'custom',
    icon: row.type === 'log' ? 'log' : 'custom',
    title: row.name ?? String(parseObject(row.line)?.message ?? row.type),
    notes: [row.type === 'log' ? 'page log' : 'event'],
    tone: 'neutral',
    details,
  }
}
