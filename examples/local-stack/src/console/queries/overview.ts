import { DEFAULT_COLLECTOR_PATH } from '@acme/observe-schema/protocol'
import type { Store } from '../../store/openStore.ts'
import type { TimeRange } from '../timeRange.ts'

export interface OverviewTotals {
  sessions: number
  page_views: number
  errors: number
  sessions_with_errors: number
  requests: number
  failures: number
  p50: number | null
  p95: number | null
}

const parameters = ({ from, to }: TimeRange) => ({ from, to, collector: DEFAULT_COLLECTOR_PATH })

export const overviewTotals = async (store: Store, range: TimeRange): Promise<OverviewTotals> => {
  const [row] = await store.query<OverviewTotals>(
    `SELECT * FROM
      (SELECT count(DISTINCT session_id) AS sessions, count(*) FILTER (type = 'page-view') AS page_views,
        coalesce(sum(count) FILTER (type = 'error'), 0) AS errors,
        count(DISTINCT session_id) FILTER (type = 'error') AS sessions_with_errors
      FROM page_events WHERE at_ms BETWEEN $from AND $to),
      (SELECT count(*) AS requests, count(*) FILTER (status >= 500 OR status = 0) AS failures,
        quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.95) AS p95
      FROM requests WHERE path <> $collector AND at_ms BETWEEN $from AND $to)`,
    parameters(range),
  )
  if (!row) throw new Error('an aggregate without groups has one row')
  return row
}

export interface TrafficBucket {
  at_ms: number
  requests: number
  failures: number
  p50: number | null
  p95: number | null
}

export const requestSpan = async (
  store: Store,
  range: TimeRange,
): Promise<{ first: number; last: number } | undefined> => {
  const [row] = await store.query<{ first: number | null; last: number | null }>(
    'SELECT min(at_ms) AS first, max(at_ms) AS last FROM requests WHERE path <> $collector AND at_ms BETWEEN $from AND $to',
    parameters(range),
  )
  return row?.first != null && row.last != null ? { first: row.first, last: row.last } : undefined
}

export const trafficOverTime = (store: Store, range: TimeRange, stepMs: number): Promise<TrafficBucket[]> =>
  store.query<TrafficBucket>(
    `SELECT at_ms - at_ms % $step::BIGINT AS at_ms, count(*) AS requests,
      count(*) FILTER (status >= 500 OR status = 0) AS failures,
      quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.95) AS p95
    FROM requests WHERE path <> $collector AND at_ms BETWEEN $from AND $to
    GROUP BY ALL ORDER BY at_ms`,
    { ...parameters(range), step: stepMs },
  )
