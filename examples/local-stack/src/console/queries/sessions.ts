import { DEFAULT_COLLECTOR_PATH } from '@acme/observe-schema/protocol'
import type { Store } from '../../store/openStore.ts'

export interface SessionRow {
  session_id: string
  started_ms: number
  ended_ms: number
  pages: number
  first_page: string | null
  errors: number
  /** 0 good, 1 needs improvement, 2 poor. */
  worst_vital: number | null
  api_calls: number
  api_failures: number
  device_type: string | null
  replay_url: string | null
}

const SQL = `
WITH page AS (
  SELECT session_id, min(at_ms) AS first, max(at_ms) AS last,
    count(*) FILTER (type = 'page-view') AS pages,
    arg_min(page_path, at_ms) FILTER (type = 'page-view') AS first_page,
    sum(count) FILTER (type = 'error') AS errors,
    max(CASE rating WHEN 'poor' THEN 2 WHEN 'needs-improvement' THEN 1 WHEN 'good' THEN 0 END) AS worst_vital,
    any_value(device_type) AS device_type,
    max(replay_url) AS replay_url
  FROM page_events WHERE session_id IS NOT NULL GROUP BY session_id
), api AS (
  SELECT session_id, min(at_ms) AS first, max(at_ms) AS last,
    count(*) FILTER (path <> $collector) AS api_calls,
    count(*) FILTER (path <> $collector AND (status >= 500 OR status = 0)) AS api_failures
  FROM requests WHERE session_id IS NOT NULL GROUP BY session_id
)
SELECT coalesce(page.session_id, api.session_id) AS session_id,
  least(page.first, api.first) AS started_ms, greatest(page.last, api.last) AS ended_ms,
  coalesce(pages, 0) AS pages, first_page, coalesce(errors, 0) AS errors, worst_vital,
  coalesce(api_calls, 0) AS api_calls, coalesce(api_failures, 0) AS api_failures, device_type, replay_url
FROM page FULL JOIN api ON page.session_id = api.session_id`

/** The newest sessions first. */
export const newestSessions = (store: Store, limit: number): Promise<SessionRow[]> =>
  store.query<SessionRow>(`${SQL} ORDER BY started_ms DESC LIMIT $limit`, {
    collector: DEFAULT_COLLECTOR_PATH,
    limit,
  })

export const findSession = async (store: Store, sessionId: string): Promise<SessionRow | undefined> => {
  const rows = await store.query<SessionRow>(
    `${SQL} WHERE coalesce(page.session_id, api.session_id) = $sessionId`,
    { collector: DEFAULT_COLLECTOR_PATH, sessionId },
  )
  return rows[0]
}

export const countSessions = async (store: Store): Promise<number> => {
  const [row] = await store.query<{ n: number }>(
    `SELECT count(*) AS n FROM (
      SELECT session_id FROM page_events WHERE session_id IS NOT NULL
      UNION SELECT session_id FROM requests WHERE session_id IS NOT NULL)`,
  )
  return row?.n ?? 0
}
