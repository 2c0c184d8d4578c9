/** Members of a document or log line that this package writes; a user's key of that name is moved aside. */
const RESERVED: ReadonlySet<string> = new Set([
  '_aws',
  '__proto__',
  'level',
  'timestamp',
  'message',
  'service',
  'requestId',
  'sessionId',
  'traceId',
  'xrayTraceId',
  'truncatedFromBytes',
])

/** Whether a key of the user would collide with one this package writes. */
export const isReservedKey = (key: string): boolean => RESERVED.has(key)
