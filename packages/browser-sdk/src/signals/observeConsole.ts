import { attempt } from '../runtime/guard.ts'

/** Console methods that can be captured. */
export type ConsoleLevel = 'error' | 'warn' | 'info' | 'log' | 'debug'

/**
 * Reports what the application prints, after it is printed. What is printed while reporting is not reported again.
 * Returns what stops it.
 */
export const observeConsole = (
  levels: readonly ConsoleLevel[],
  report: (level: ConsoleLevel, values: unknown[]) => void,
): (() => void) => {
  // biome-ignore lint/suspicious/noConsole: what is observed here, not a way of printing
  const target = console
  let isReporting = false
  const stops = levels.map((level) => {
    const original = target[level]
    const patched = (...values: unknown[]) => {
      original.apply(target, values)
      if (isReporting) return
      isReporting = true
      attempt(() => report(level, values))
      isReporting = false
    }
    target[level] = patched
    return () => {
      if (target[level] === patched) target[level] = original
    }
  })
  return () => {
    for (const stop of stops) stop()
  }
}
