import { failLate, finishInvocation } from '../invocation/finishInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import type { Handler } from './Handler.ts'
import { callHandler, isThenable, runHandler, settleInvocation } from './runHandler.ts'

/** How a handler of the callback kind answers. */
export type Callback = (error?: unknown, result?: unknown) => unknown

/** A handler with this many parameters answers by a callback. */
export const CALLBACK_ARITY = 3

const isFailure = (error: unknown): boolean => error !== undefined && error !== null

/** A callback that closes the invocation before it passes the answer on. */
const closing = (invocation: Invocation, callback: Callback): Callback =>
  function (this: unknown, ...answer: unknown[]) {
    const [error, value] = answer
    finishInvocation(invocation, isFailure(error) ? { kind: 'threw', error } : { kind: 'returned', value })
    return Reflect.apply(callback, this, answer)
  }

/** Runs a handler to which the runtime passed a callback. It may use it, or return a result all the same. */
export const runWithCallback = (
  handler: Handler,
  self: unknown,
  [event, context, callback, ...rest]: unknown[],
  invocation: Invocation,
): unknown => {
  let answered = false
  let returnedNothing = false
  const close = closing(invocation, callback as Callback)
  const answer: Callback = function (this: unknown, ...values: unknown[]) {
    if (returnedNothing && !answered && isFailure(values[0])) failLate(invocation, values[0])
    answered = true
    return Reflect.apply(close, this, values)
  }
  const args = [event, context, answer, ...rest]
  if (handler.length < CALLBACK_ARITY) {
    // Whether one that names no callback will use it cannot be told, and most never do: closed now, or never.
    const result = runHandler(handler, self, args, invocation)
    returnedNothing = result === undefined
    return result
  }
  const result = callHandler(handler, self, args, invocation)
  return isThenable(result) ? settleInvocation(invocation, result) : result
}

/** Runs a handler that needs a callback where the runtime passes none, as on Node 24, with a promise around it. */
export const runPromisified = (
  handler: Handler,
  self: unknown,
  [event, context]: unknown[],
  invocation: Invocation,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const callback = closing(invocation, (error, value) =>
      isFailure(error) ? reject(error) : resolve(value),
    )
    const result = callHandler(handler, self, [event, context, callback], invocation)
    if (isThenable(result)) resolve(settleInvocation(invocation, result))
  })
