import type { LocalStack } from '../startLocalStack.ts'
import { TABLES } from '../store/tables.ts'

/** Every row of every table as text, for searching: what the page sent and what the functions wrote, byte for byte. */
export const everythingStored = async (stack: LocalStack): Promise<string> => {
  const tables: string[] = []
  for (const table of Object.keys(TABLES)) {
    const rows = await stack.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
    tables.push(
      ...rows.map((row) =>
        Object.entries(row)
          .map(
            ([column, value]) => `${table}.${column}: ${value instanceof Uint8Array ? decode(value) : value}`,
          )
          .join('\n'),
      ),
    )
  }
  return tables.join('\n')
}

const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
