import type { LogLine, OnLogLine } from '../lambda/logLine.ts'
import { logGroupName } from '../lambda/sandboxEnvironment.ts'
import type { Store } from '../store/openStore.ts'
import { browserEvents } from './browserEvents.ts'
import { type LogRecord, logRecord, parseJsonLine } from './logRecord.ts'
import { readEmf } from './readEmf.ts'

/**
 * Does with a function's output what CloudWatch does: every line becomes a log event, a line that is a
 * valid EMF document becomes metrics as well, an invalid one is counted in `AWS/Logs`.
 */
export const createLogIngest =
  (store: Store): OnLogLine =>
  (logLine) => {
    const { functionName, logStreamName, source, line } = logLine
    const json = parseJsonLine(line)
    const record = logRecord(line, json)
    const at_ms = record.at ?? logLine.at
    const isMetrics = source !== 'platform' && ingestMetrics(store, logLine, json, record)
    store.append('log_events', {
      at_ms,
      function_name: functionName,
      log_stream: logStreamName,
      source,
      level: record.level ?? (source === 'stderr' ? 'ERROR' : undefined),
      message: record.message,
      request_id: record.requestId,
      session_id: record.sessionId,
      trace_id: record.traceId,
      is_emf: isMetrics,
      line,
    })
    if (!json) return
    for (const event of browserEvents(json, line, at_ms)) store.append('browser_events', event)
  }

const ingestMetrics = (
  store: Store,
  { functionName, at, line }: LogLine,
  json: Record<string, unknown> | undefined,
  record: LogRecord,
): boolean => {
  const emf = readEmf(line, json)
  if (!emf) return false
  const shared = { function_name: functionName, request_id: record.requestId }
  if ('failure' in emf) {
    store.append('metrics', {
      ...shared,
      at_ms: at,
      namespace: 'AWS/Logs',
      name: emf.failure,
      unit: 'Count',
      value: 1,
      dimensions: JSON.stringify({ LogGroupName: logGroupName(functionName) }),
      session_id: undefined,
      trace_id: undefined,
    })
    return false
  }
  for (const { timestamp, namespace, name, unit, value, dimensions } of emf.metrics) {
    store.append('metrics', {
      ...shared,
      at_ms: timestamp,
      namespace,
      name,
      unit,
      value,
      dimensions: JSON.stringify(dimensions),
      session_id: record.sessionId,
      trace_id: record.traceId,
    })
  }
  return true
}
