/** A seeded source of randomness: the same seed plays the same visits. */
export interface Random {
  /** From 0 to just under 1. */
  next(): number
  chance(probability: number): boolean
  between(low: number, high: number): number
  integer(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** One of the items, by their weights. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T
  /** Long-tailed, as durations are: half of the draws lie below the median. */
  logNormal(median: number, sigma: number): number
  /** Time between two events that happen at random, `mean` apart. */
  exponential(mean: number): number
  hex(digits: number): string
}

export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  // mulberry32: 32 bits of state are plenty for a demonstration, and it is eight lines.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: (items) => items[integer(0, items.length - 1)] as (typeof items)[0],
    weighted(items) {
      const total = items.reduce((sum, [weight]) => sum + weight, 0)
      let left = next() * total
      for (const [weight, item] of items) {
        left -= weight
        if (left < 0) return item
      }
      throw new RangeError('weighted() needs an item')
    },
    // Box-Muller; 1 - next() keeps the logarithm finite.
    logNormal(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(sigma * normal)
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
    hex: (digits) => Array.from({ length: digits }, () => integer(0, 15).toString(16)).join(''),
  }
}

/** UUIDv7 (RFC 9562). */
export const uuidV7 = (random: Random, nowMs: number): string => {
  const time = Math.round(nowMs).toString(16).padStart(12, '0')
  const variant = random.pick(['8', '9', 'a', 'b'])
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`
}
