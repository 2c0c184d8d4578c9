import type pg from 'pg'

/**
 * Children before parents: Umami's schema has no foreign keys (`relationMode = "prisma"`), so nothing but this order
 * keeps an event from outliving its data. A session goes last, once no event refers to it.
 */
const AGED = [
  'session_replay',
  'session_replay_saved',
  'revenue',
  'event_data',
  'website_event',
  'session_data',
] as const
/** Rows per statement, so that no statement holds locks for long in a database shared with an application. */
const BATCH = 5_000

/** Deletes everything of `schema` created before `cutoff`, in batches. Returns the rows deleted per table. */
export const deleteOlderThan = async (
  client: pg.Client,
  schema: string,
  cutoff: Date,
): Promise<Record<string, number>> => {
  if (!/^[a-z][a-z0-9_]*$/.test(schema)) throw new Error(`schema ${schema} is not a plain name`)
  const drain = async (table: string, condition: string): Promise<number> => {
    const name = `"${schema}"."${table}"`
    let deleted = 0
    for (;;) {
      const { rowCount } = await client.query(
        `DELETE FROM ${name} t WHERE t.ctid = ANY (ARRAY(SELECT s.ctid FROM ${name} s WHERE s.created_at < $1 ${condition} LIMIT ${BATCH}))`,
        [cutoff],
      )
      deleted += rowCount ?? 0
      if ((rowCount ?? 0) < BATCH) return deleted
    }
  }
  const deleted: Record<string, number> = {}
  for (const table of AGED) deleted[table] = await drain(table, '')
  deleted.session = await drain(
    'session',
    `AND NOT EXISTS (SELECT 1 FROM "${schema}"."website_event" e WHERE e.session_id = s.session_id)`,
  )
  return deleted
}
