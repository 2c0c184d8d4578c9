import { monotonicMs } from './monotonicMs.ts'

/**
 * A sandbox that has been idle for longer than this between its initialisation and its first request was initialised
 * ahead of the request, which therefore did not wait for it. Lambda starts the first request of an on-demand sandbox at once.
 */
const PROACTIVE_AFTER_MS = 10_000

let initializedAtMs = 0
let initializedAfterMs = 0
let isFirst = true

/** Remembers when the function's code had loaded. */
export const markInitialized = (): void => {
  initializedAtMs = monotonicMs()
  initializedAfterMs = process.uptime() * 1_000
}

/** Milliseconds from the start of the process until the function's code had loaded. */
export const initDurationMs = (): number => initializedAfterMs

/** True for the first invocation of the process when that one had to wait for its initialisation. */
export const takeColdStart = (nowMs: number): boolean => {
  const first = isFirst
  isFirst = false
  return first && nowMs - initializedAtMs < PROACTIVE_AFTER_MS
}

/** Makes the next invocation the first again, for tests. */
export const resetColdStart = (): void => {
  isFirst = true
}
