import { validDimensionValue } from '../emf/validNames.ts'

/** Value that everything outside the allowed ones is counted under. */
const OTHER = 'other'

/** Keeps the number of a dimension's values bounded: each new one is a metric on the bill, and pages are not trusted. */
export interface DimensionGuard {
  /** The value itself when it is one of a fixed list, which is the operator's own word; else what `scrub` makes of it. */
  scrubbed(value: string, scrub: (value: string) => string): string
  /** The value itself when it may be a dimension, else `other`. */
  admit(value: string): string
  /** How many were folded into `other` since the last call. */
  takeFolded(): number
}

/** Admits a fixed list, or else the first `max` distinct values it sees. */
export const createDimensionGuard = (allowed: readonly string[] | undefined, max: number): DimensionGuard => {
  const listed = new Set(allowed)
  const known = new Set(allowed?.map(validDimensionValue))
  let folded = 0
  return {
    scrubbed: (value, scrub) => (listed.has(value) ? value : scrub(value)),
    admit(value) {
      const valid = validDimensionValue(value)
      if (known.has(valid)) return valid
      if (!allowed && known.size < max) {
        known.add(valid)
        return valid
      }
      folded++
      return OTHER
    },
    takeFolded() {
      const count = folded
      folded = 0
      return count
    },
  }
}
