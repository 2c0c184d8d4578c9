import type pg from 'pg'

/** How a database does at one moment; two of them, before and after, tell what a new tenant costs. */
export interface Baseline {
  connections: number
  maxConnections: number
  databaseBytes: number
  cacheHitRatio: number
  /** Median of five round trips of a catalogue query, in milliseconds. */
  queryMs: number
}

const STATE = `
  SELECT (SELECT count(*) FROM pg_stat_activity)::int AS connections,
         current_setting('max_connections')::int AS "maxConnections",
         pg_database_size(current_database())::float8 AS "databaseBytes",
         coalesce(blks_hit::float8 / nullif(blks_hit + blks_read, 0), 1) AS "cacheHitRatio"
  FROM pg_stat_database WHERE datname = current_database()`

/** Measures the connected database. */
export const measureBaseline = async (client: pg.Client): Promise<Baseline> => {
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now()
    await client.query('SELECT count(*) FROM pg_class')
    times.push(performance.now() - startedAt)
  }
  const queryMs = Math.round((times.sort((a, b) => a - b)[2] ?? 0) * 100) / 100
  const { rows } = await client.query<Omit<Baseline, 'queryMs'>>(STATE)
  const state = rows[0]
  if (!state) throw new Error('pg_stat_database has no row for the current database')
  return { ...state, queryMs }
}
