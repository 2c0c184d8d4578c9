const WINDOW_MS = 60_000

/** Counts batches in fixed windows of a minute. Returns 0 when one more fits, else the seconds to wait. */
export const createThrottle = (maxPerMinute: number, now: () => number = Date.now): (() => number) => {
  let windowStart = 0
  let count = 0
  return () => {
    const time = now()
    if (time - windowStart >= WINDOW_MS || time < windowStart) {
      windowStart = time
      count = 0
    }
    return ++count <= maxPerMinute ? 0 : Math.ceil((windowStart + WINDOW_MS - time) / 1_000)
  }
}
