import type { Store } from '../../store/openStore.ts'

export interface ErrorGroup {
  fingerprint: string
  occurrences: number
  sessions: number
  first_ms: number
  last_ms: number
  /** The newest event's line. */
  line: string
  times: number[]
}

const GROUPS = `
SELECT fingerprint, sum(count) AS occurrences, count(DISTINCT session_id) AS sessions,
  min(at_ms) AS first_ms, max(at_ms) AS last_ms, arg_max(line, at_ms) AS line, list(at_ms::DOUBLE) AS times
FROM page_events WHERE type = 'error' AND fingerprint IS NOT NULL`

/** Errors of pages by fingerprint, the newest first. */
export const errorGroups = (store: Store, limit: number): Promise<ErrorGroup[]> =>
  store.query<ErrorGroup>(`${GROUPS} GROUP BY fingerprint ORDER BY last_ms DESC LIMIT $limit`, { limit })

export const findErrorGroup = async (store: Store, fingerprint: string): Promise<ErrorGroup | undefined> => {
  const rows = await store.query<ErrorGroup>(
    `${GROUPS} AND fingerprint = $fingerprint GROUP BY fingerprint`,
    {
      fingerprint,
    },
  )
  return rows[0]
}

export interface Occurrence {
  at_ms: number
  session_id: string | null
  page_path: string | null
  device_type: string | null
  count: number
}

export const occurrences = (store: Store, fingerprint: string, limit: number): Promise<Occurrence[]> =>
  store.query<Occurrence>(
    `SELECT at_ms, session_id, page_path, device_type, count FROM page_events
    WHERE type = 'error' AND fingerprint = $fingerprint ORDER BY at_ms DESC LIMIT $limit`,
    { fingerprint, limit },
  )

export interface FunctionError {
  function_name: string
  message: string
  occurrences: number
  last_ms: number
  session_id: string | null
}

/** What functions logged at level ERROR about themselves, by message. */
export const functionErrors = (store: Store, limit: number): Promise<FunctionError[]> =>
  store.query<FunctionError>(
    `SELECT function_name, coalesce(json_extract_string(line, '$.error.message'),
        json_extract_string(line, '$.errorMessage'), message, '(no message)') AS message,
      count(DISTINCT coalesce(request_id, seq::VARCHAR)) AS occurrences, max(at_ms) AS last_ms,
      arg_max(session_id, at_ms) AS session_id
    FROM log_events
    WHERE level IN ('ERROR', 'FATAL') AND line LIKE '{%' AND json_valid(line)
      AND json_extract_string(line, '$.source') IS DISTINCT FROM 'browser'
    GROUP BY ALL ORDER BY last_ms DESC LIMIT $limit`,
    { limit },
  )
