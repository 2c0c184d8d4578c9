/**
 * Longest line in UTF-8 bytes. Lambda cuts a line at 256 KiB, which would leave invalid JSON, so it is shortened here.
 * (CloudWatch Logs itself takes events up to 1 MB.)
 */
const MAX_LINE_BYTES = 250_000

const MARK = '…[truncated]'

/** Members that say what a line, or an error in it, is about: shortened, but there however many others are. */
const FACTS = new Set(['level', 'timestamp', 'requestId', 'message', 'error', 'name', 'stack'])

const firstMembers = (object: object, count: number, kept?: ReadonlySet<string>): [string, unknown][] => {
  let room = count
  return Object.entries(object).filter(([key]) => FACTS.has(key) || kept?.has(key) || room-- > 0)
}

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
      firstMembers(value, maxItems).map(([key, item]) => [
        key.slice(0, maxLength),
        shorten(item, maxLength, maxItems),
      ]),
    )
  }
  return value
}

type Fields = Record<string, unknown>

interface Directive {
  Dimensions: string[][]
  Metrics: { Name: string }[]
}

/** Members a metric document is lost without: its directive, and what that names. */
const essentials = ({ _aws }: Fields): string[] => {
  const directives = (_aws as { CloudWatchMetrics?: Directive[] } | undefined)?.CloudWatchMetrics ?? []
  const named = directives.flatMap(({ Dimensions, Metrics }) => [
    ...Dimensions.flat(),
    ...Metrics.map(({ Name }) => Name),
  ])
  return ['_aws', ...named]
}

/**
 * Passes a line (newline included) that fits; shortens strings and lists of one that does not, keeping it valid JSON. Of too
 * many members the last go first, which are a document's properties, then its context. What metrics need stays whole.
 */
export const boundLine = (line: string, maxBytes: number = MAX_LINE_BYTES): string => {
  // One UTF-16 unit is at most three UTF-8 bytes, so most lines need no counting.
  if (line.length * 3 <= maxBytes) return line
  const bytes = Buffer.byteLength(line)
  if (bytes <= maxBytes) return line
  const fields = JSON.parse(line) as Fields
  const whole = new Set(essentials(fields))
  for (let budget = maxBytes >> 2; budget >= 16; budget >>= 2) {
    const short = firstMembers(fields, budget >> 2, whole).map(([key, value]) =>
      whole.has(key)
        ? [key, value]
        : [key.slice(0, budget), shorten(value, budget, Math.max(budget >> 5, 8))],
    )
    const bounded = `${JSON.stringify({ ...Object.fromEntries(short), truncatedFromBytes: bytes })}\n`
    if (Buffer.byteLength(bounded) <= maxBytes) return bounded
  }
  const { level, timestamp, requestId } = fields
  const needed = Object.fromEntries(Object.entries(fields).filter(([key]) => whole.has(key)))
  return `${JSON.stringify({ level, timestamp, requestId, message: MARK, ...needed, truncatedFromBytes: bytes })}\n`
}
