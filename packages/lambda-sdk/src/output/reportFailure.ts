import { isoTimestamp } from './isoTimestamp.ts'
import { writeLines } from './output.ts'

let count = 0
const told = new Set<string>()
const MAX_TOLD = 50

/** How often telemetry itself failed or had to correct its input since the process started. */
export const failureCount = (): number => count

/**
 * Counts a failure or a mistaken call and logs each distinct one once per process. Never throws: what is observed must
 * not suffer from being observed.
 */
export const reportFailure = (code: string, message: string, cause?: unknown): void => {
  count++
  if (told.has(message) || told.size >= MAX_TOLD) return
  told.add(message)
  try {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined
    const line = { level: 'WARN', timestamp: isoTimestamp(Date.now()), message, code, reason }
    writeLines(`${JSON.stringify(line)}\n`)
  } catch {
    // Standard output itself is gone; there is nowhere left to say so.
  }
}

/** Forgets what was counted and told, for tests. */
export const resetFailures = (): void => {
  count = 0
  told.clear()
}
