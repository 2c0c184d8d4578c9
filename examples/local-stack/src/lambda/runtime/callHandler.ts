import { createContext } from './context.ts'
import type { AnyHandler } from './loadHandler.ts'
import type { NextInvocation } from './runtimeClient.ts'

/**
 * Calls a buffered handler. It may return a promise, or call back; a handler that does neither has
 * answered `null` once the event loop runs empty.
 */
export const callHandler = (handler: AnyHandler, invocation: NextInvocation, env: NodeJS.ProcessEnv) =>
  new Promise<unknown>((resolve, reject) => {
    const runsEmpty = () => resolve(null)
    const done = (error: unknown, result?: unknown) => {
      process.off('beforeExit', runsEmpty)
      if (error === undefined || error === null) resolve(result)
      else reject(error)
    }
    const returned = handler(JSON.parse(invocation.event), createContext(invocation, env, done), done)
    if (isThenable(returned)) returned.then((result) => done(null, result), reject)
    else process.once('beforeExit', runsEmpty)
  })

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
