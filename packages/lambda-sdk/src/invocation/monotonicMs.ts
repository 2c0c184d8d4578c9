/**
 * Milliseconds on a clock that never goes back, with fractions. `performance.now()` would do, but the first use of that
 * global loads a dozen internal modules of Node: two milliseconds of a cold start.
 */
export const monotonicMs = (): number => {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1_000 + nanoseconds / 1_000_000
}
