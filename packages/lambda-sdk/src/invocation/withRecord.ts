import { correlationOfRecord } from '../correlation/recordEvents.ts'
import type { Scope } from './Invocation.ts'
import { linePrefix } from './linePrefix.ts'
import { scopeStorage } from './scopeStorage.ts'

/** What a line of this record carries besides the invocation's ids. */
const recordScope = (parent: Scope, record: unknown): Scope => {
  const { invocation } = parent
  const correlation = correlationOfRecord(record)
  correlation.traceId ??= parent.correlation.traceId
  correlation.xrayTraceHeader ??= parent.correlation.xrayTraceHeader
  correlation.xrayTraceId ??= parent.correlation.xrayTraceId
  const context = { ...parent.context, recordId: correlation.sourceId }
  return {
    invocation,
    correlation,
    context,
    linePrefix: linePrefix(invocation.settings, invocation.requestId, correlation, context),
  }
}

/**
 * Runs the work on one record of an SQS, SNS, Kinesis, DynamoDB or S3 event with that record's own session and trace: on its
 * log lines, and in what {@link propagationHeaders} passes on. Metrics count for the invocation. Returns what `work` does.
 *
 * @example
 * ```ts
 * export const handler = withObservability(async (event: SQSEvent) => {
 *   for (const record of event.Records) await withRecord(record, () => ship(JSON.parse(record.body)))
 * })
 * ```
 */
export const withRecord = <T>(record: unknown, work: () => T): T => {
  const parent = scopeStorage.getStore()
  return parent ? scopeStorage.run(recordScope(parent, record), work) : work()
}
