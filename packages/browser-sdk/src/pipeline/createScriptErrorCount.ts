import type { Signal } from '../signals/Signal.ts'

/** What browsers say of an error in a script of another origin that was loaded without `crossorigin`. */
const OPAQUE = /^Script error\.?$/

/** Counts errors of which nothing is known. */
export interface ScriptErrorCount {
  /**
   * Undefined when the signal is no such error. Of those that are it returns the first as an event that counts, and
   * nothing for the others, which it has added to it.
   */
  count: (signal: Signal) => Signal[] | undefined
  /** Errors from now on no longer join the event before, which is on its way. */
  startOver: () => void
}

/**
 * Errors without a name, a place or a stack would all fall into one group that nobody can act on and that hides how many
 * others there are. As a custom event `script-error` they are counted apart.
 */
export const createScriptErrorCount = (): ScriptErrorCount => {
  let properties: { count: number } | undefined
  return {
    count: (signal) => {
      if (signal.type !== 'error' || signal.source !== 'window') return
      const { message } = Object(signal.details?.thrown)
      if (typeof message !== 'string' || !OPAQUE.test(message)) return
      if (properties) {
        properties.count++
        return []
      }
      properties = { count: 1 }
      const { id, at, page, traceId } = signal
      return [
        {
          ...{ id, at, page, traceId },
          type: 'custom',
          name: 'script-error',
          details: { properties },
        } as Signal,
      ]
    },
    startOver: () => {
      properties = undefined
    },
  }
}
