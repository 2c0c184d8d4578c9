/**
 * Milliseconds since the process started, with fractions; never goes back. `performance.now()` would do, but the first use
 * of that global loads a dozen internal modules of Node: two milliseconds of a cold start.
 */
export const monotonicMs = (): number => process.uptime() * 1_000
