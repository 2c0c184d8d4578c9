import { attempt } from '../runtime/guard.ts'
import { patch } from '../runtime/patch.ts'

/** Console methods that can be captured. */
export type ConsoleLevel = 'error' | 'warn' | 'info' | 'log' | 'debug'

/**
 * Reports what the application prints, after it is printed. What is printed while reporting is not reported again.
 * Returns what stops it.
 */
export const observeConsole = (
  levels: readonly ConsoleLevel[],
  report: (level: ConsoleLevel, values: unknown[]) => void,
): (() => void)[] => {
  const target = console
  let isReporting = false
  return levels.map((level) =>
    patch(target, level, (original) => {
      const print = (...values: unknown[]) => {
        original.apply(target, values)
        if (isReporting) return
        isReporting = true
        attempt(() => report(level, values))
        isReporting = false
      }
      // OpenReplay's tracker, for one, tells the level by it.
      return Object.defineProperty(print, 'name', { value: level })
    }),
  )
}
