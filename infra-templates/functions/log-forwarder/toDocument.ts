import type { LogBatch, LogEvent } from './decode.ts'

/** A document of the `observe-logs-*` indices; fields beyond these stay in `message` only. */
export interface LogDocument {
  '@timestamp': string
  logGroup: string
  logStream: string
  message: string
  level?: string
  service?: string
  requestId?: string
  sessionId?: string
  traceId?: string
  route?: string
  status?: number
  /** The metric `Duration` of an invocation, or the field that an application logs under this name. */
  durationMs?: number
  errorName?: string
  fingerprint?: string
}

const TEXT_FIELDS = ['level', 'service', 'requestId', 'sessionId', 'traceId', 'route', 'fingerprint'] as const
/** Lucene refuses a keyword over 32,766 bytes, and nobody searches a longer one. */
const KEYWORD_LENGTH = 1_024

const parsed = (message: string): Record<string, unknown> => {
  if (!message.startsWith('{')) return {}
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Makes a document of one log event: known fields of our JSON lines by name, every other line as text. */
export const toDocument = (event: LogEvent, { logGroup, logStream }: LogBatch): LogDocument => {
  const line = parsed(event.message)
  const document: LogDocument = {
    '@timestamp': new Date(event.timestamp).toISOString(),
    logGroup,
    logStream,
    message: event.message.trimEnd(),
  }
  for (const name of TEXT_FIELDS) {
    const value = line[name]
    if (typeof value === 'string' && value !== '') document[name] = value.slice(0, KEYWORD_LENGTH)
  }
  const errorName = (line.error as { name?: unknown } | null | undefined)?.name
  if (typeof errorName === 'string') document.errorName = errorName.slice(0, KEYWORD_LENGTH)
  const numbers = { status: line.status, durationMs: line.Duration ?? line.durationMs }
  for (const [name, value] of Object.entries(numbers))
    if (typeof value === 'number' && Number.isFinite(value)) document[name as keyof typeof numbers] = value
  return document
}

/** The daily index of an event. The day is the event's, not today's, so a late event ages with its neighbours. */
export const indexOf = (event: LogEvent, prefix: string): string =>
  `${prefix}-${new Date(event.timestamp).toISOString().slice(0, 10).replaceAll('-', '.')}`
