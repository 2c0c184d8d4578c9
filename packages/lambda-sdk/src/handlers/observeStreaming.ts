import type { Settings } from '../config/Settings.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { monotonicMs } from '../invocation/monotonicMs.ts'
import { scopeStorage } from '../invocation/scopeStorage.ts'
import { reportFailure } from '../output/reportFailure.ts'
import type { Handler } from './Handler.ts'
import { openInvocation } from './openInvocation.ts'
import { runHandler } from './runHandler.ts'

// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client: how the runtime tells streaming handlers.
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')

/** Whether `awslambda.streamifyResponse` marked the handler. */
export const isStreamingHandler = (handler: Handler): boolean =>
  (handler as unknown as Record<symbol, unknown>)[STREAMING] === 'response'

/** Notes when the first byte goes into the response, then steps aside. */
const watchFirstByte = (stream: unknown, invocation: Invocation): void => {
  const response = stream as { write?: unknown; end?: unknown } | null | undefined
  if (typeof response?.write !== 'function' || typeof response.end !== 'function') return
  const { write, end } = response
  const watched = (method: (...args: unknown[]) => unknown) =>
    function (this: unknown, ...args: unknown[]) {
      invocation.firstByteAtMs ??= monotonicMs()
      response.write = write
      response.end = end
      return Reflect.apply(method, this, args)
    }
  response.write = watched(write as (...args: unknown[]) => unknown)
  response.end = watched(end as (...args: unknown[]) => unknown)
}

/** Wraps a handler that writes its response into a stream. */
export const observeStreaming = (handler: Handler, settings: Settings): Handler =>
  function (this: unknown, event: unknown, responseStream: unknown, context: unknown, ...rest: unknown[]) {
    const args = [event, responseStream, context, ...rest]
    const invocation = openInvocation(settings, event, context)
    if (!invocation) return Reflect.apply(handler, this, args)
    try {
      watchFirstByte(responseStream, invocation)
    } catch (error) {
      reportFailure('OBSERVE_STREAM_UNWATCHED', 'a first byte could not be timed.', error)
    }
    return scopeStorage.run(invocation, runHandler, handler, this, args, invocation)
  }
