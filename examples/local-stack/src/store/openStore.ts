import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { createIngestQueue } from './ingestQueue.ts'
import { createTableSql, type NewRow, PAGE_EVENTS_VIEW, TABLES, type TableName } from './tables.ts'

/** The embedded database and the queue in front of it. */
export interface Store {
  /** Never blocks and never throws: rows are written in batches soon after. */
  append<T extends TableName>(table: T, row: NewRow<T>): void
  /**
   * Runs SQL and returns its rows, integers as numbers. Sees every row appended before the call.
   * Values go in as parameters (`$name`), never into the text.
   */
  query<R extends object>(sql: string, parameters?: QueryParameters): Promise<R[]>
  /** Calls back after rows were written; returns the way to stop that. */
  onChange(listener: () => void): () => void
  /** Rows that were lost because the queue was full. */
  dropped(): number
  close(): Promise<void>
}

export type QueryParameters = Record<string, string | number | boolean | null>

/** Opens the database in memory, or in `observe.duckdb` of a folder. */
export const openStore = async (folder?: string): Promise<Store> => {
  if (folder) await mkdir(folder, { recursive: true })
  const instance = await DuckDBInstance.create(folder ? join(folder, 'observe.duckdb') : ':memory:')
  const writer = await instance.connect()
  const reader = await instance.connect()
  for (const table of Object.keys(TABLES) as TableName[]) await writer.run(createTableSql(table))
  await writer.run(PAGE_EVENTS_VIEW)
  const queue = createIngestQueue(writer)
  const running = new Set<Promise<unknown>>()
  let closing = false

  const run = async <R extends object>(sql: string, parameters: QueryParameters): Promise<R[]> => {
    if (closing) throw new Error('The store is closed.')
    await queue.flush()
    const result = await reader.runAndReadAll(sql, parameters)
    return result.getRowObjectsJS().map((row) => plainNumbers(row) as R)
  }

  return {
    append: queue.append,
    query<R extends object>(sql: string, parameters: QueryParameters = {}) {
      const query = run<R>(sql, parameters)
      const settled = query.then(ignore, ignore).finally(() => running.delete(settled))
      running.add(settled)
      return query
    },
    onChange: queue.onWritten,
    dropped: queue.dropped,
    async close() {
      closing = true
      // DuckDB closes on this thread and waits for what runs on others, which may be waiting for this one.
      await Promise.all(running)
      await queue.close()
      reader.closeSync()
      writer.closeSync()
      instance.closeSync()
    },
  }
}

const ignore = () => {}

const plainNumbers = (row: Record<string, unknown>): Record<string, unknown> => {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === 'bigint') row[column] = Number(value)
  }
  return row
}
