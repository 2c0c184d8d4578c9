/** Most events of one type in a minute. */
const MAX_PER_MINUTE = 120

/** Answers whether one more of `type` may pass in the present minute. */
export const createRateLimit = (now: () => number): ((type: string) => boolean) => {
  let minute = 0
  let counts: Record<string, number> = {}
  return (type) => {
    const present = Math.floor(now() / 60_000)
    if (present !== minute) {
      minute = present
      counts = {}
    }
    counts[type] = (counts[type] ?? 0) + 1
    return counts[type] <= MAX_PER_MINUTE
  }
}
