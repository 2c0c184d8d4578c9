import type { Settings } from '../config/Settings.ts'
import { scopeStorage } from '../invocation/scopeStorage.ts'
import type { Handler } from './Handler.ts'
import { observeStreaming } from './observeStreaming.ts'
import { openInvocation } from './openInvocation.ts'
import { runHandler } from './runHandler.ts'
import { CALLBACK_ARITY, runPromisified, runWithCallback } from './runWithCallback.ts'

const isContext = (value: object): boolean => {
  try {
    return typeof (value as { getRemainingTimeInMillis?: unknown }).getRemainingTimeInMillis === 'function'
  } catch {
    return false
  }
}

/**
 * Wraps a handler that returns its result, a promise of it, or calls back. The wrapper names two parameters whatever the
 * handler has: Node 24's runtime refuses handlers that name three.
 */
export const observeBuffered = (handler: Handler, settings: Settings): Handler => {
  const streaming = observeStreaming(handler, settings)
  return function (this: unknown, event: unknown, context: unknown, ...rest: unknown[]) {
    const [third] = rest
    const args = [event, context, ...rest]
    // `streamifyResponse(withObservability(handler))`: marked only afterwards, so told by how it is called.
    if (typeof third === 'object' && third !== null && isContext(third)) {
      return Reflect.apply(streaming, this, args)
    }
    const invocation = openInvocation(settings, event, context)
    if (!invocation) return Reflect.apply(handler, this, args)
    const run =
      typeof third === 'function'
        ? runWithCallback
        : handler.length >= CALLBACK_ARITY
          ? runPromisified
          : runHandler
    return scopeStorage.run(invocation, run, handler, this, args, invocation)
  }
}
