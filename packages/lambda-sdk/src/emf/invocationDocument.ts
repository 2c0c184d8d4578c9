import { initDurationMs } from '../invocation/coldStart.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import type { Outcome } from '../invocation/Outcome.ts'
import { higherLevel, type LogLevelName } from '../logs/levels.ts'
import { safeSerializeError } from '../logs/serializeError.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { failureCount } from '../output/reportFailure.ts'
import { roundMs } from '../output/roundMs.ts'

/** The HTTP status of a handler's result, if it has one. */
export const statusOf = (value: unknown): number | undefined => {
  const status = (value as { statusCode?: unknown } | null | undefined)?.statusCode
  return typeof status === 'number' && Number.isFinite(status) ? status : undefined
}

const failedItems = (value: unknown): number => {
  const failures = (value as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures
  return Array.isArray(failures) ? failures.length : 0
}

const levelOf = (outcome: Outcome, status: number | undefined): LogLevelName => {
  if (outcome.kind === 'threw') return 'error'
  if (outcome.kind === 'deadline-near') return 'warn'
  return status !== undefined && status >= 500 ? 'warn' : 'info'
}

/** Members that few documents have. */
const occasionalMembers = (invocation: Invocation, outcome: Outcome, value: unknown): string => {
  const { coldStart, recordCount, firstByteAtMs, properties } = invocation
  let text = ''
  if (coldStart) text += `,"InitDuration":${roundMs(initDurationMs())}`
  if (recordCount !== undefined) {
    text += `,"RecordsProcessed":${recordCount},"BatchItemFailures":${failedItems(value)}`
  }
  if (firstByteAtMs !== undefined) {
    text += `,"TimeToFirstByte":${roundMs(firstByteAtMs - invocation.startedAtMs)}`
  }
  if (outcome.kind === 'threw') text += `,"error":${JSON.stringify(safeSerializeError(outcome.error))}`
  if (failureCount() > 0) text += `,"telemetryFailures":${failureCount()}`
  if (properties) text += jsonMembers(properties)
  return text
}

/**
 * The one line of an invocation: an EMF document with the built-in metrics that is also the canonical log line, with level,
 * time, ids, route and status.
 */
export const invocationDocument = (invocation: Invocation, outcome: Outcome, durationMs: number): string => {
  const { settings, coldStart, recordCount, firstByteAtMs, correlation } = invocation
  const value = outcome.kind === 'returned' ? outcome.value : undefined
  const status = statusOf(value)
  const { directive, facts } = settings.template({
    outcome: outcome.kind,
    level: higherLevel(levelOf(outcome, status), settings.lowestLevel),
    coldStart,
    batch: recordCount !== undefined,
    streaming: firstByteAtMs !== undefined,
  })
  const now = Date.now()
  const route = correlation.route === undefined ? '' : `,"route":${JSON.stringify(correlation.route)}`
  const statusMember = status === undefined ? '' : `,"status":${status}`
  return (
    `{"_aws":{"Timestamp":${now}${directive}${isoTimestamp(now)}"${invocation.linePrefix}${facts}` +
    `${roundMs(durationMs)}${route}${statusMember}${occasionalMembers(invocation, outcome, value)}}\n`
  )
}
