import { createHash, timingSafeEqual } from 'node:crypto'

/** The values that a request may carry: the secret's current one, and the one before it while CloudFront still sends that. */
export type ReadOriginSecret = () => Promise<readonly string[]>

/** How long values are used before they are read again. */
const FRESH_MS = 300_000
/** A request with an unknown value may be the first after a rotation, or an attack: look again, but not for each one. */
const RECHECK_MS = 30_000

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Tells whether a request came through our CloudFront distribution, by the header only it knows.
 *
 * The values are read with the first request and kept for five minutes. When Secrets Manager does not answer, those read
 * last stay in use.
 *
 * @throws Error when the very first read fails: without a value nobody can be let in, and nobody be refused for good.
 */
export const originCheck = (
  read: ReadOriginSecret,
  now: () => number = Date.now,
): ((given: string) => Promise<boolean>) => {
  let known: readonly Buffer[] | undefined
  let readAt = 0
  const refresh = async (): Promise<readonly Buffer[]> => {
    readAt = now()
    try {
      known = (await read()).filter(Boolean).map(digest)
    } catch (error) {
      if (!known) throw error
    }
    return known
  }
  return async (given) => {
    const theirs = digest(given)
    const isKnown = (values: readonly Buffer[]): boolean =>
      values.some((value) => timingSafeEqual(value, theirs))
    const age = now() - readAt
    if (isKnown(known && age < FRESH_MS ? known : await refresh())) return true
    return now() - readAt >= RECHECK_MS && isKnown(await refresh())
  }
}
