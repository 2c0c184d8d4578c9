import { attempt } from '../runtime/guard.ts'
import type { Signal } from '../signals/Signal.ts'

/**
 * React renders a failed component once more before it gives up, which throws another error of the same words; version 18
 * then hands `window` one that no boundary saw.
 */
const REACT_RETRY_MS = 100

type ErrorSignal = Extract<Signal, { type: 'error' }>

/** Spares the queue errors that it already has. */
export interface ErrorMerger {
  /**
   * Adds the error to an earlier one that looks the same; the first of its kind goes to `enqueue`, which answers whether it
   * was kept. False when it was not: the next of its kind tries again, and is not added to one that is lost.
   */
  add: (signal: ErrorSignal, enqueue: () => boolean) => boolean
  /** Errors from now on no longer join earlier ones, which are on their way. */
  startOver: () => void
}

/**
 * In a storm of errors only this much of the text is compared, without its numbers: a second rendering by React differs
 * further down in the stack.
 */
const likeness = ({ source, details }: ErrorSignal): string =>
  attempt(() => {
    const { name, message, stack } = (details as { thrown: Error }).thrown
    const words = `${name}${message}`.slice(0, 200)
    const place = String(stack).slice(0, 800).split('\n', 3).join().slice(0, 400)
    return `${source === 'react' ? 'window' : source}${words}${place}`.replace(/\d+/g, '')
  }) ?? source + typeof details?.thrown

/** React knows more than `window` did, and its root more than a boundary that lets the error pass. */
const learn = (before: ErrorSignal, { source, details }: ErrorSignal): void => {
  if (source !== 'react') return
  before.source = source
  Object.assign(before.details as object, details)
}

/** Errors that look the same become the first of them, with a count. */
export const createErrorMerger = (): ErrorMerger => {
  const alike = new Map<string, ErrorSignal>()
  /** The same object arrives twice when React shows it to a boundary and the browser to `window`. */
  const known = new WeakMap<object, ErrorSignal>()

  return {
    startOver: () => alike.clear(),
    add: (signal, enqueue) => {
      const thrown = signal.details?.thrown
      const object = Object(thrown) === thrown ? (thrown as object) : undefined
      const before = object && known.get(object)
      if (before && (before.source !== signal.source || signal.source === 'react')) {
        learn(before, signal)
        return true
      }
      const key = likeness(signal)
      const same = alike.get(key)
      if (!same) {
        if (!enqueue()) return false
        alike.set(key, signal)
      } else if ([signal.source, same.source].includes('react') && signal.at - same.at < REACT_RETRY_MS) {
        learn(same, signal)
      } else same.count++
      if (object) known.set(object, same ?? signal)
      return true
    },
  }
}
