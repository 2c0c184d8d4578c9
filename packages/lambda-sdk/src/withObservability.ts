import { ObserveConfigError } from './config/ObserveConfigError.ts'
import type { ObserveOptions } from './config/ObserveOptions.ts'
import { resolveSettings } from './config/resolveSettings.ts'
import type { Handler } from './handlers/Handler.ts'
import { observeBuffered } from './handlers/observeBuffered.ts'
import { isStreamingHandler, observeStreaming } from './handlers/observeStreaming.ts'
import { markInitialized } from './invocation/coldStart.ts'
import { watchExit } from './invocation/watchExit.ts'
import { configureLogger } from './logs/logger.ts'

/**
 * Observes a Lambda handler: one metric document and canonical log line per invocation, ids on every line the
 * {@link logger} writes, a warning before the deadline. The handler's result, thrown error and type stay what they are.
 *
 * Works for async, sync, callback and streaming handlers.
 *
 * @throws {@link ObserveConfigError} while the function initialises, when an option is wrong or misspelt.
 *
 * @example
 * ```ts
 * import { logger, metrics, withObservability } from '@acme/observe-lambda'
 *
 * export const handler = withObservability(
 *   async (event, context) => {
 *     logger.info({ orderId: 17 }, 'order placed')
 *     metrics.count('OrdersPlaced')
 *     return { statusCode: 201 }
 *   },
 *   { service: 'orders' },
 * )
 * ```
 */
export const withObservability = <H extends Handler>(handler: H, options: ObserveOptions = {}): H => {
  if (typeof handler !== 'function') {
    throw new ObserveConfigError(
      'OBSERVE_NOT_A_HANDLER',
      `withObservability takes a handler first, got ${handler === null ? 'null' : typeof handler}.`,
    )
  }
  const settings = resolveSettings(options)
  configureLogger(settings.logs)
  const observed = isStreamingHandler(handler)
    ? observeStreaming(handler, settings)
    : observeBuffered(handler, settings)
  markInitialized()
  watchExit()
  return copyMarks(handler, observed) as H
}

/** The runtime and other tools mark handlers with symbols and properties; the wrapper must look the same to them. */
const copyMarks = (from: Handler, to: Handler): Handler => {
  const { length: _length, prototype: _prototype, ...own } = Object.getOwnPropertyDescriptors(from)
  // The runtime of Node 22 and older asks whether a handler is an async function.
  return Object.setPrototypeOf(Object.defineProperties(to, own), Object.getPrototypeOf(from))
}
