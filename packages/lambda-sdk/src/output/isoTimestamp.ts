let cachedMs = Number.NaN
let cached = ''

/** RFC 3339 in UTC with milliseconds. Remembers the last one: lines of one millisecond share it. */
export const isoTimestamp = (epochMs: number): string => {
  if (epochMs !== cachedMs) {
    cached = new Date(epochMs).toISOString()
    cachedMs = epochMs
  }
  return cached
}
