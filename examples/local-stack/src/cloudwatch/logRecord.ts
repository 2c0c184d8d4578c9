/** What a log line says of itself. */
export interface LogRecord {
  /** Epoch milliseconds of the line's own RFC 3339 timestamp. */
  at?: number
  level?: string
  message?: string
  requestId?: string
  sessionId?: string
  traceId?: string
}

/** The members of a line that is one JSON object; undefined for any other line. */
export const parseJsonLine = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** Reads a line in any of the shapes Lambda's log streams hold: JSON, platform JSON, tab-separated text. */
export const logRecord = (line: string, json: Record<string, unknown> | undefined): LogRecord => {
  if (!json) return textRecord(line)
  if (typeof json.type === 'string' && json.type.startsWith('platform.')) return platformRecord(json)
  return compact({
    at: epochMs(json.timestamp),
    level: text(json.level)?.toUpperCase(),
    message: messageOf(json),
    requestId: text(json.requestId),
    sessionId: text(json.sessionId),
    traceId: text(json.traceId),
  })
}

/** The message, also of a line whose message is an error or another object, as the Node runtime writes them. */
const messageOf = ({ message, errorMessage }: Record<string, unknown>): string | undefined => {
  if (typeof message === 'object' && message !== null) {
    return 'errorMessage' in message ? text(message.errorMessage) : JSON.stringify(message)
  }
  return text(message) ?? text(errorMessage)
}

const platformRecord = (json: Record<string, unknown>): LogRecord => {
  const record = typeof json.record === 'object' && json.record !== null ? json.record : {}
  return compact({
    at: epochMs(json.time),
    message: String(json.type),
    requestId: 'requestId' in record ? text(record.requestId) : undefined,
  })
}

/** `timestamp \t request id \t LEVEL \t message`, what the Node runtime writes in TEXT format. */
const textRecord = (line: string): LogRecord => {
  const [timestamp, requestId, level, ...message] = line.split('\t')
  if (!level || !/^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)$/.test(level)) return { message: line }
  return compact({ at: epochMs(timestamp), requestId, level, message: message.join('\t') })
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

const epochMs = (value: unknown): number | undefined =>
  typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value) : undefined

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const compact = (record: { [K in keyof LogRecord]: LogRecord[K] | undefined }): LogRecord =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
