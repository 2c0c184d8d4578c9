import type { Settings } from '../config/Settings.ts'
import { finishInvocation } from '../invocation/finishInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { scopeStorage } from '../invocation/scopeStorage.ts'
import type { Handler } from './Handler.ts'
import { runStreaming } from './observeStreaming.ts'
import { openInvocation } from './openInvocation.ts'

type Callback = (error?: unknown, result?: unknown) => unknown

/** A handler with this many parameters answers by a callback. */
const CALLBACK_ARITY = 3

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function'

const settle = (invocation: Invocation, result: PromiseLike<unknown>): PromiseLike<unknown> =>
  result.then(
    (value) => {
      finishInvocation(invocation, { kind: 'returned', value })
      return value
    },
    (error: unknown) => {
      finishInvocation(invocation, { kind: 'threw', error })
      throw error
    },
  )

/** A callback that closes the invocation before it passes the answer on. */
const closing = (invocation: Invocation, callback: Callback): Callback =>
  function (this: unknown, ...answer: unknown[]) {
    const [error, value] = answer
    const failed = error !== undefined && error !== null
    finishInvocation(invocation, failed ? { kind: 'threw', error } : { kind: 'returned', value })
    return Reflect.apply(callback, this, answer)
  }

const call = (handler: Handler, self: unknown, args: unknown[], invocation: Invocation): unknown => {
  try {
    return Reflect.apply(handler, self, args)
  } catch (error) {
    finishInvocation(invocation, { kind: 'threw', error })
    throw error
  }
}

/** Node 24's runtime passes no callback, so a handler that needs one gets a promise around it. */
const promisify = (
  handler: Handler,
  self: unknown,
  event: unknown,
  context: unknown,
  invocation: Invocation,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const callback = closing(invocation, (error, value) =>
      error === undefined || error === null ? resolve(value) : reject(error),
    )
    const result = call(handler, self, [event, context, callback], invocation)
    if (isThenable(result)) resolve(settle(invocation, result))
  })

/**
 * Wraps a handler that returns its result, a promise of it, or calls back. The wrapper names two parameters whatever the
 * handler has: Node 24's runtime refuses handlers that name three.
 */
export const observeBuffered = (handler: Handler, settings: Settings): Handler =>
  function (this: unknown, event: unknown, context: unknown, ...rest: unknown[]) {
    const invocation = openInvocation(
      settings,
      event,
      rest.length > 0 && isContext(rest[0]) ? rest[0] : context,
    )
    if (!invocation) return Reflect.apply(handler, this, [event, context, ...rest])
    if (isContext(rest[0])) {
      return scopeStorage.run(invocation, runStreaming, handler, this, [event, context, ...rest], invocation)
    }
    const [callback] = rest
    if (typeof callback === 'function') {
      const args = [event, context, closing(invocation, callback as Callback), ...rest.slice(1)]
      return scopeStorage.run(invocation, runWithCallback, handler, this, args, invocation)
    }
    if (handler.length >= CALLBACK_ARITY) {
      return scopeStorage.run(invocation, promisify, handler, this, event, context, invocation)
    }
    return scopeStorage.run(invocation, run, handler, this, [event, context, ...rest], invocation)
  }

const isContext = (value: unknown): boolean =>
  typeof (value as { getRemainingTimeInMillis?: unknown } | null | undefined)?.getRemainingTimeInMillis ===
  'function'

const run = (handler: Handler, self: unknown, args: unknown[], invocation: Invocation): unknown => {
  const result = call(handler, self, args, invocation)
  if (isThenable(result)) return settle(invocation, result)
  finishInvocation(invocation, { kind: 'returned', value: result })
  return result
}

/** As {@link run}, but a handler that named the callback and returned nothing yet is still at work. */
const runWithCallback = (
  handler: Handler,
  self: unknown,
  args: unknown[],
  invocation: Invocation,
): unknown => {
  if (handler.length < CALLBACK_ARITY) return run(handler, self, args, invocation)
  const result = call(handler, self, args, invocation)
  return isThenable(result) ? settle(invocation, result) : result
}
