import type { Store } from '../../store/openStore.ts'
import type { Row } from '../../store/tables.ts'

/** The newest bodies that pages sent to the collector, of one session or all. */
export const newestEnvelopes = (
  store: Store,
  sessionId: string,
  limit: number,
): Promise<Row<'envelopes'>[]> =>
  store.query<Row<'envelopes'>>(
    `SELECT * FROM envelopes WHERE $sessionId = '' OR session_id = $sessionId ORDER BY seq DESC LIMIT $limit`,
    { sessionId, limit },
  )

export const findEnvelope = async (store: Store, seq: number): Promise<Row<'envelopes'> | undefined> => {
  const rows = await store.query<Row<'envelopes'>>('SELECT * FROM envelopes WHERE seq = $seq', { seq })
  return rows[0]
}

export interface WireTotals {
  batches: number
  bytes: number
  largest: number
  refused: number
  replay_batches: number
  replay_bytes: number
  analytics: number
}

export const wireTotals = async (store: Store): Promise<WireTotals> => {
  const [row] = await store.query<WireTotals>(
    `SELECT * FROM
      (SELECT count(*) AS batches, coalesce(sum(size_bytes), 0) AS bytes, coalesce(max(size_bytes), 0) AS largest,
        count(*) FILTER (status IS NULL OR status <> 202) AS refused FROM envelopes),
      (SELECT count(*) AS replay_batches, coalesce(sum(size_bytes), 0) AS replay_bytes FROM replay_batches),
      (SELECT count(*) AS analytics FROM analytics_events)`,
  )
  if (!row) throw new Error('an aggregate without groups has one row')
  return row
}

export const newestAnalytics = (store: Store, limit: number): Promise<Row<'analytics_events'>[]> =>
  store.query<Row<'analytics_events'>>('SELECT * FROM analytics_events ORDER BY seq DESC LIMIT $limit', {
    limit,
  })

export const newestReplayBatches = (store: Store, limit: number): Promise<Row<'replay_batches'>[]> =>
  store.query<Row<'replay_batches'>>('SELECT * FROM replay_batches ORDER BY seq DESC LIMIT $limit', { limit })
