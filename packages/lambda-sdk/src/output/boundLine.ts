/**
 * Longest line in UTF-8 bytes. Lambda cuts a line at 256 KiB, which would leave invalid JSON, so it is shortened here.
 * (CloudWatch Logs itself takes events up to 1 MB.)
 */
export const MAX_LINE_BYTES = 250_000

const MARK = '…[truncated]'

const shorten = (value: unknown, maxLength: number, maxItems: number): unknown => {
  if (typeof value === 'string') {
    return value.length > maxLength ? value.slice(0, maxLength) + MARK : value
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, maxItems).map((item) => shorten(item, maxLength, maxItems))
    return value.length > maxItems ? [...kept, `${MARK} ${value.length - maxItems} more`] : kept
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, maxItems)
        .map(([key, item]) => [key.slice(0, maxLength), shorten(item, maxLength, maxItems)]),
    )
  }
  return value
}

/** Passes a line (newline included) that fits; shortens strings and lists of one that does not, keeping it valid JSON. */
export const boundLine = (line: string, maxBytes: number = MAX_LINE_BYTES): string => {
  // One UTF-16 unit is at most three UTF-8 bytes, so most lines need no counting.
  if (line.length * 3 <= maxBytes) return line
  const bytes = Buffer.byteLength(line)
  if (bytes <= maxBytes) return line
  const fields = JSON.parse(line) as Record<string, unknown>
  let bounded = line
  for (let budget = maxBytes >> 2; budget >= 16; budget >>= 2) {
    const short = shorten(fields, budget, Math.max(budget >> 5, 8)) as Record<string, unknown>
    bounded = `${JSON.stringify({ ...short, truncatedFromBytes: bytes })}\n`
    if (Buffer.byteLength(bounded) <= maxBytes) return bounded
  }
  const { level, timestamp, requestId } = fields
  return `${JSON.stringify({ level, timestamp, requestId, message: MARK, truncatedFromBytes: bytes })}\n`
}
