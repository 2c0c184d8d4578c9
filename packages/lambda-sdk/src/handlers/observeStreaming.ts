import type { Settings } from '../config/Settings.ts'
import { finishInvocation } from '../invocation/finishInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { monotonicMs } from '../invocation/monotonicMs.ts'
import { scopeStorage } from '../invocation/scopeStorage.ts'
import { reportFailure } from '../output/reportFailure.ts'
import type { Handler } from './Handler.ts'
import { openInvocation } from './openInvocation.ts'

// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client: how the runtime tells streaming handlers.
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')

/** Whether `awslambda.streamifyResponse` marked the handler. */
export const isStreamingHandler = (handler: Handler): boolean =>
  (handler as unknown as Record<symbol, unknown>)[STREAMING] === 'response'

/** Notes when the first byte goes into the response. */
const watchFirstByte = (stream: unknown, invocation: Invocation): void => {
  const response = stream as { write?: unknown; end?: unknown } | null | undefined
  if (typeof response?.write !== 'function' || typeof response.end !== 'function') return
  const { write, end } = response
  response.write = function (this: unknown, ...args: unknown[]) {
    invocation.firstByteAtMs ??= monotonicMs()
    response.write = write
    return Reflect.apply(write, this, args)
  }
  response.end = function (this: unknown, ...args: unknown[]) {
    invocation.firstByteAtMs ??= monotonicMs()
    response.end = end
    return Reflect.apply(end, this, args)
  }
}

/** Runs a streaming handler inside its invocation. */
export const runStreaming = (
  handler: Handler,
  self: unknown,
  args: unknown[],
  invocation: Invocation,
): unknown => {
  try {
    watchFirstByte(args[1], invocation)
  } catch (error) {
    reportFailure('OBSERVE_STREAM_UNWATCHED', 'the first byte of a response could not be timed.', error)
  }
  let result: unknown
  try {
    result = Reflect.apply(handler, self, args)
  } catch (error) {
    finishInvocation(invocation, { kind: 'threw', error })
    throw error
  }
  const done = result as PromiseLike<unknown> | null | undefined
  if (typeof done?.then !== 'function') {
    finishInvocation(invocation, { kind: 'returned', value: result })
    return result
  }
  return done.then(
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

/** Wraps a handler marked by `awslambda.streamifyResponse`. */
export const observeStreaming = (handler: Handler, settings: Settings): Handler =>
  function (this: unknown, event: unknown, responseStream: unknown, context: unknown, ...rest: unknown[]) {
    const args = [event, responseStream, context, ...rest]
    const invocation = openInvocation(settings, event, context)
    if (!invocation) return Reflect.apply(handler, this, args)
    return scopeStorage.run(invocation, runStreaming, handler, this, args, invocation)
  }
