import { finishInvocation } from '../invocation/finishInvocation.ts'
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

/**
 * A context of Node 22 and older answers, too, also for promises. Tells how many parameters its `done` names: the runtime's own
 * names none. Undefined when it has none.
 */
const watchContext = (context: unknown, invocation: Invocation): number | undefined => {
  try {
    const answers = context as { done?: Callback; succeed: Callback; fail: Callback }
    if (!answers.done) return undefined
    const { length } = answers.done
    const done = closing(invocation, answers.done)
    // As the runtime defines them.
    answers.done = done
    answers.succeed = (value) => done(null, value)
    answers.fail = (error) => done(error ?? 'handled')
    return length
  } catch {
    // A context that cannot be changed is none of Lambda's.
    return undefined
  }
}

/**
 * Runs a handler to which a callback was passed. It may use it, whether it names it or not, or return a result all the same.
 * The runtime of Node 22 and older waits for a promise, an answer, or until nothing is left to do. Elsewhere, as in a test, one
 * that names no callback answers by what it returns.
 */
export const runWithCallback = (
  handler: Handler,
  self: unknown,
  [event, context, callback, ...rest]: unknown[],
  invocation: Invocation,
): unknown => {
  const args = [event, context, closing(invocation, callback as Callback), ...rest]
  const named = process.env.AWS_LAMBDA_RUNTIME_API ? watchContext(context, invocation) : undefined
  const mayReturn = handler.length < CALLBACK_ARITY
  if (mayReturn && named === undefined) return runHandler(handler, self, args, invocation)
  // The runtime of Node 22 and older fails an async function, which has a tag, whose promise never settles, and answers null to
  // all others.
  invocation.endsWithLoop = Symbol.toStringTag in handler ? 'threw' : 'returned'
  const result = callHandler(handler, self, args, invocation)
  // The contexts of other wrappers, as Datadog's, take a plain result for the answer.
  return isThenable(result) || (mayReturn && named && result !== undefined)
    ? settleInvocation(invocation, result)
    : result
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
