import type { ObserveEvent } from '@acme/observe-schema/types'
import type { NewRow } from '../store/tables.ts'

type Known = Omit<NewRow<'browser_events'>, 'received_ms' | 'request_id'>

/** The browser event a log line of the collector carries in its `event` member. */
export const browserEvent = (json: Record<string, unknown>): Known | undefined => {
  const { event, sessionId } = json
  if (!isEvent(event)) return undefined
  return {
    at_ms: event.at,
    event_id: event.id,
    type: event.type,
    session_id: typeof sessionId === 'string' ? sessionId : undefined,
    page_path: event.page?.path,
    name: 'name' in event ? event.name : undefined,
    value: event.type === 'web-vital' ? event.value : undefined,
    fingerprint: event.type === 'error' ? event.fingerprint : undefined,
    trace_id: event.traceId,
    event: JSON.stringify(event),
  }
}

const isEvent = (value: unknown): value is ObserveEvent =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'id' in value &&
  typeof value.id === 'string' &&
  'at' in value &&
  typeof value.at === 'number'
