/** Milliseconds to two decimals: finer than a Lambda clock is true, and short to write. */
export const roundMs = (ms: number): number => Math.round(ms * 100) / 100
