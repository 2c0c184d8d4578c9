const RESAMPLES = 10_000

export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Mulberry32, seeded: whoever repeats the calculation gets the same interval. */
const seededRandom = (seed) => {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Median of paired differences, and the percentile bootstrap's 95 % interval of it. */
export const pairedDifference = (differences) => {
  const random = seededRandom(42)
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(differences.map(() => differences[Math.floor(random() * differences.length)])),
  ).sort((a, b) => a - b)
  return {
    median: median(differences),
    low: medians[Math.floor(RESAMPLES * 0.025)],
    high: medians[Math.ceil(RESAMPLES * 0.975) - 1],
  }
}
