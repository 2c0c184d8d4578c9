import type pg from 'pg'

/** Rows per statement: a session cascades to 24 tables. */
const BATCH = 500

/** Deletes sessions that started before `cutoff` from OpenReplay's PostgreSQL; everything about them cascades. */
export const deleteSessions = async (client: pg.Client, cutoff: Date): Promise<number> => {
  let deleted = 0
  for (;;) {
    const { rowCount } = await client.query(
      `DELETE FROM public.sessions WHERE session_id = ANY (
         ARRAY(SELECT session_id FROM public.sessions WHERE start_ts < $1 LIMIT ${BATCH}))`,
      [cutoff.getTime()],
    )
    deleted += rowCount ?? 0
    if ((rowCount ?? 0) < BATCH) return deleted
  }
}
