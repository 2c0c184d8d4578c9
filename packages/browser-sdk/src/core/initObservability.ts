import { checkOptions } from '../options/checkOptions.ts'
import type { ObserveOptions } from '../options/ObserveOptions.ts'
import { createObservability } from './createObservability.ts'
import { INERT } from './inertObservability.ts'
import { getObservability, setInstance } from './instance.ts'
import type { Observability } from './Observability.ts'

/**
 * Starts observing the page and returns the handle. Call it as early as possible, once: a second call returns the
 * first handle. On a server and in a worker the handle does nothing.
 *
 * @throws OptionsError when an option is missing, wrong or misspelt; the message names it and the fix.
 * @example
 * const observe = initObservability({
 *   app: 'shop',
 *   environment: 'production',
 *   collector: { endpoint: 'https://observe.example.com/v1/events' },
 * })
 */
export const initObservability = (options: ObserveOptions): Observability => {
  const running = getObservability()
  if (running !== INERT) return running
  checkOptions(options)
  if (typeof document === 'undefined' || options.enabled === false) return INERT
  const instance = createObservability(options, () => setInstance(undefined))
  setInstance(instance)
  return instance
}
