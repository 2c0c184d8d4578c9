import { finishInvocation } from '../invocation/finishInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import type { Handler } from './Handler.ts'

/** Whether the runtime would wait for a value. An object that cannot be asked is left to the runtime, as it is. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> => {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      typeof (value as PromiseLike<unknown>).then === 'function'
    )
  } catch {
    return false
  }
}

/** Closes the invocation with what the handler returned, once that has settled, and passes it on. */
export const settleInvocation = (invocation: Invocation, result: unknown): unknown => {
  if (!isThenable(result)) {
    finishInvocation(invocation, { kind: 'returned', value: result })
    return result
  }
  // A foreign thenable may call back at once, or throw; a promise around it does neither.
  const promise = result instanceof Promise ? result : Promise.resolve(result)
  return promise.then(
    (value) => {
      finishInvocation(invocation, { kind: 'returned', value })
      return value
    },
    (error: unknown) => {
      finishInvocation(invocation, { kind: 'threw', error })
      throw error
    },
  )
}

/** Calls the handler; what it throws at once closes the invocation. */
export const callHandler = (
  handler: Handler,
  self: unknown,
  args: unknown[],
  invocation: Invocation,
): unknown => {
  try {
    return Reflect.apply(handler, self, args)
  } catch (error) {
    finishInvocation(invocation, { kind: 'threw', error })
    throw error
  }
}

/** Runs a handler that answers by what it returns. */
export const runHandler = (
  handler: Handler,
  self: unknown,
  args: unknown[],
  invocation: Invocation,
): unknown => settleInvocation(invocation, callHandler(handler, self, args, invocation))
