import { initDurationMs } from '../invocation/coldStart.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import type { Outcome } from '../invocation/Outcome.ts'
import { higherLevel, type LogLevelName } from '../logs/levels.ts'
import { safeSerializeError } from '../logs/serializeError.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { failureCount } from '../output/reportFailure.ts'
import { roundMs } from '../output/roundMs.ts'

const MESSAGES = {
  returned: 'invocation',
  threw: 'invocation failed',
  'deadline-near': 'invocation is about to time out',
} as const

/** The HTTP status of a handler's result, if it has one. */
export const statusOf = (value: unknown): number | undefined => {
  const status = (value as { statusCode?: unknown } | null | undefined)?.statusCode
  return typeof status === 'number' ? status : undefined
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

/**
 * The one line of an invocation: an EMF document with the built-in metrics that is also the canonical log line, with
 * level, time, ids, route and status.
 */
export const invocationDocument = (invocation: Invocation, outcome: Outcome, durationMs: number): string => {
  const { settings, coldStart, recordCount, firstByteAtMs, correlation } = invocation
  const { template } = settings
  const now = Date.now()
  const value = outcome.kind === 'returned' ? outcome.value : undefined
  const status = statusOf(value)
  const level = higherLevel(levelOf(outcome, status), settings.lowestLevel).toUpperCase()
  const directive = template.directive({
    initDuration: coldStart,
    batch: recordCount !== undefined,
    timeToFirstByte: firstByteAtMs !== undefined,
  })
  let text =
    `{"_aws":{"Timestamp":${now}${directive},"level":"${level}","timestamp":"${isoTimestamp(now)}"` +
    `${invocation.linePrefix},"message":"${MESSAGES[outcome.kind]}"${template.dimensionMembers}` +
    `,"Invocations":1,"Duration":${roundMs(durationMs)},"ColdStart":${coldStart ? 1 : 0}` +
    `,"Errors":${outcome.kind === 'threw' ? 1 : 0},"Timeouts":${outcome.kind === 'deadline-near' ? 1 : 0}`
  if (coldStart) text += `,"InitDuration":${roundMs(initDurationMs())}`
  if (recordCount !== undefined) {
    text += `,"RecordsProcessed":${recordCount},"BatchItemFailures":${failedItems(value)}`
  }
  if (firstByteAtMs !== undefined) {
    text += `,"TimeToFirstByte":${roundMs(firstByteAtMs - invocation.startedAtMs)}`
  }
  if (correlation.route !== undefined) text += `,"route":${JSON.stringify(correlation.route)}`
  if (status !== undefined) text += `,"status":${status}`
  if (outcome.kind === 'threw') text += `,"error":${JSON.stringify(safeSerializeError(outcome.error))}`
  if (failureCount() > 0) text += `,"telemetryFailures":${failureCount()}`
  if (invocation.properties) text += jsonMembers(invocation.properties)
  return `${text}}\n`
}
