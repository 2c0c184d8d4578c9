import type { ObserveOptions } from '../config/ObserveOptions.ts'
import { resolveSettings } from '../config/resolveSettings.ts'
import { openInvocation } from '../handlers/openInvocation.ts'
import { markInitialized } from '../invocation/coldStart.ts'
import { finishInvocation } from '../invocation/finishInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { scopeStorage } from '../invocation/scopeStorage.ts'
import { watchExit } from '../invocation/watchExit.ts'
import { configureLogger } from '../logs/logger.ts'

/** The part of a middy request that is used. */
export interface MiddyRequest {
  event: unknown
  context: unknown
  response: unknown
  error: unknown
  /** There once a middleware has answered in the handler's place. */
  earlyResponse?: unknown
}

/** A middleware of middy 6 and 7. */
export interface ObservabilityMiddleware {
  /** Opens the invocation. */
  // biome-ignore lint/suspicious/noExplicitAny: middy's own request type is generic in event, context and result
  before(request: any): void
  /** Closes it with the response. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  after(request: any): void
  /** Closes it with the error. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  onError(request: any): void
}

/** middy runs no further middleware once one has answered: then the invocation is closed as the answer is set. */
const watchEarlyResponse = (request: MiddyRequest, invocation: Invocation): void => {
  let { response } = request
  Object.defineProperty(request, 'response', {
    configurable: true,
    enumerable: true,
    get: () => response,
    set: (value: unknown) => {
      response = value
      // On an error middy 7 first takes back what there was of an answer.
      if ('earlyResponse' in request && request.earlyResponse === value)
        finishInvocation(invocation, { kind: 'returned', value })
    },
  })
}

/**
 * `withObservability` as a middy middleware. Put it first: it then sees what all others make of the request. An error that
 * another one turned into a response counts as that response.
 *
 * @throws ObserveConfigError while the function initialises, when an option is wrong or misspelt.
 *
 * @example
 * ```ts
 * export const handler = middy(placeOrder).use(observability({ service: 'orders' }))
 * ```
 */
export const observability = (options: ObserveOptions = {}): ObservabilityMiddleware => {
  const settings = resolveSettings(options, undefined, 'observability')
  configureLogger(settings.logs)
  markInitialized()
  watchExit()
  const running = new WeakMap<MiddyRequest, Invocation>()

  return {
    before(request: MiddyRequest) {
      const invocation = openInvocation(settings, request.event, request.context)
      if (!invocation) return
      running.set(request, invocation)
      watchEarlyResponse(request, invocation)
      scopeStorage.enterWith(invocation)
    },
    after(request: MiddyRequest) {
      const invocation = running.get(request)
      if (invocation) finishInvocation(invocation, { kind: 'returned', value: request.response })
    },
    onError(request: MiddyRequest) {
      const invocation = running.get(request)
      if (!invocation) return
      const { error, response } = request
      // Middy 6 gives an early answer although something failed after it; middy 7 has taken it back.
      const value = 'earlyResponse' in request ? request.earlyResponse : response
      finishInvocation(
        invocation,
        value === undefined ? { kind: 'threw', error } : { kind: 'returned', value },
      )
    },
  }
}
