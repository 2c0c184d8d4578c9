/** Where ClickHouse's HTTP interface is and who asks. */
export interface ClickHouse {
  url: string
  user: string
  password: string
}

/** Tables with a session in them, and the column that tells its age. */
const TABLES = [
  { table: 'experimental.sessions', column: 'datetime' },
  { table: 'experimental.issues', column: '_timestamp' },
  { table: 'product_analytics.events', column: 'created_at' },
  { table: 'experimental.user_viewed_sessions', column: '_timestamp' },
] as const

/**
 * Deletes rows older than `cutoff` from ClickHouse. A mutation runs in the background; `mutations_sync=1` waits for it,
 * so a failure is this function's failure.
 */
export const deleteFromClickHouse = async (
  { url, user, password }: ClickHouse,
  cutoff: Date,
): Promise<void> => {
  for (const { table, column } of TABLES) {
    const seconds = Math.floor(cutoff.getTime() / 1000)
    const response = await fetch(`${url}/?mutations_sync=1`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password },
      body: `ALTER TABLE ${table} DELETE WHERE ${column} < toDateTime(${seconds})`,
      signal: AbortSignal.timeout(120_000),
    })
    if (!response.ok) {
      throw new Error(
        `ClickHouse refused to delete from ${table}: ${response.status} ${(await response.text()).slice(0, 300)}`,
      )
    }
  }
}
