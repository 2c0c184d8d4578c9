import { DEFAULT_COLLECTOR_PATH } from '@acme/observe-schema/protocol'
import type { Store } from '../../store/openStore.ts'
import type { PageEvent, Row } from '../../store/tables.ts'
import { eventItem } from './eventItem.ts'
import { logItem } from './logItem.ts'
import { analyticsItem, envelopeItem, replayItem, requestItem } from './requestItem.ts'
import { sentEvents } from './sentEvents.ts'
import type { TimelineItem } from './TimelineItem.ts'

const MOST_ROWS = 1000

/** Everything that carries the session's id, or belongs to a request that does, in order of time. */
export const loadTimeline = async (store: Store, sessionId: string): Promise<TimelineItem[]> => {
  const parameters = { sessionId, limit: MOST_ROWS }
  const all = <T extends object>(sql: string) =>
    store.query<T>(`${sql} ORDER BY seq LIMIT $limit`, parameters)
  const envelopes = await all<Row<'envelopes'>>('SELECT * FROM envelopes WHERE session_id = $sessionId')
  const sent = sentEvents(envelopes)
  const events = await all<PageEvent>('SELECT * FROM page_events WHERE session_id = $sessionId')
  const requests = await all<Row<'requests'>>('SELECT * FROM requests WHERE session_id = $sessionId')
  const calls = requests.filter(({ path }) => path !== DEFAULT_COLLECTOR_PATH)
  const callIds = new Set(calls.map(({ request_id }) => request_id))
  const logs = await store.query<Row<'log_events'>>(
    `SELECT * FROM log_events WHERE session_id = $sessionId OR request_id IN
      (SELECT request_id FROM requests WHERE session_id = $sessionId AND path <> $collector)
    ORDER BY seq LIMIT $limit`,
    { ...parameters, collector: DEFAULT_COLLECTOR_PATH },
  )
  const analytics = await all<Row<'analytics_events'>>(
    'SELECT * FROM analytics_events WHERE session_id = $sessionId',
  )
  const replay = [...sent.replayIds].length > 0 ? await replayBatches(store, [...sent.replayIds]) : []
  const items = [
    ...events.map((row) => eventItem(row, sent.byId.get(row.event_id))),
    ...calls.map(requestItem),
    ...logs.flatMap((row) => logItem(row, callIds.has(row.request_id)) ?? []),
    ...analytics.map(analyticsItem),
    ...envelopes.map(envelopeItem),
    ...replay.map(replayItem),
  ]
  return items.sort((one, other) => one.at - other.at)
}

const replayBatches = (store: Store, ids: string[]): Promise<Row<'replay_batches'>[]> =>
  store.query<Row<'replay_batches'>>(
    `SELECT * FROM replay_batches WHERE list_contains(string_split($ids, ','), replay_id) ORDER BY seq LIMIT $limit`,
    { ids: ids.join(','), limit: MOST_ROWS },
  )
