import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { type NewRow, TABLES, type TableName } from './tables.ts'

/** Rows held while the database is busy. More than this would only move the trouble into memory. */
const MAX_QUEUED_ROWS = 50_000
/** Rows are written together at most this long after the first of them. */
const FLUSH_AFTER_MS = 25

type AnyRow = Record<string, unknown>

/** Collects rows and writes them in batches, one table's appender after the other. */
export const createIngestQueue = (connection: DuckDBConnection) => {
  // Starts at the clock, so that rows of an earlier run of a kept database stay before these.
  let seq = Date.now() * 1000
  let queued = 0
  let dropped = 0
  let batches = new Map<TableName, AnyRow[]>()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let writing: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  const append = <T extends TableName>(table: T, row: NewRow<T>): void => {
    if (closed || queued >= MAX_QUEUED_ROWS) {
      dropped += 1
      return
    }
    const rows = batches.get(table) ?? []
    rows.push({ seq: seq++, ...row })
    batches.set(table, rows)
    queued += 1
    timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS)
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  const write = async () => {
    if (queued === 0) return
    const taken = batches
    batches = new Map()
    queued = 0
    for (const [table, rows] of taken) await writeRows(connection, table, rows)
    for (const listener of listeners) listener()
  }

  return {
    append,
    flush,
    dropped: () => dropped,
    onWritten(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      closed = true
      await flush()
      listeners.clear()
    },
  }
}

const writeRows = async (connection: DuckDBConnection, table: TableName, rows: AnyRow[]) => {
  const columns = Object.entries(TABLES[table])
  const appender = await connection.createAppender(table)
  for (const row of rows) {
    for (const [column, type] of columns) appendValue(appender, type, row[column])
    appender.endRow()
  }
  appender.closeSync()
}

const appendValue = (appender: DuckDBAppender, type: string, value: unknown) => {
  if (value === undefined || value === null) return appender.appendNull()
  if (type.startsWith('BIGINT')) return appender.appendBigInt(BigInt(whole(value as number)))
  if (type.startsWith('DOUBLE')) return appender.appendDouble(value as number)
  if (type.startsWith('BOOLEAN')) return appender.appendBoolean(value as boolean)
  if (type.startsWith('BLOB')) return appender.appendBlob(value as Uint8Array)
  return appender.appendVarchar(value as string)
}

/** Log lines may hold any number; what is none, or beyond all counting, is stored as 0. */
const whole = (value: number): number => {
  const rounded = Math.round(value)
  return Number.isSafeInteger(rounded) ? rounded : 0
}
