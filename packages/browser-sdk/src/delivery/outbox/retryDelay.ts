const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/** Nothing is kept for longer than a day, and timers fire at once when they are to wait for more than 24 of them. */
const LONGEST_ASKED_MS = 86_400_000

/**
 * `Retry-After` in milliseconds, at most a day: a number of seconds or a date (RFC 9110, section 10.2.3). Undefined if
 * neither.
 */
export const parseRetryAfter = (header: string | null, now: number): number | undefined => {
  if (!header) return
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_ASKED_MS, Math.max(0, ms))
}

/**
 * How long to wait before the next attempt: what the collector asked for, else twice as long after each failure.
 * Between half and all of it at random, so that pages do not come back all at once ("equal jitter").
 */
export const retryDelay = (failures: number, asked: number | undefined, random: () => number): number => {
  const backoff = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return Math.max(asked ?? 0, backoff * (0.5 + random() / 2))
}
