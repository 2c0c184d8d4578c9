/** Errors that nobody on the team can act on: of browsers, extensions and injected scripts. */
const NOISE = [
  /^ResizeObserver loop (?:completed with undelivered notifications|limit exceeded)/,
  /^Object Not Found Matching Id:\d+, MethodName:/,
  /Java object is gone/,
  /_AutofillCallbackHandler/,
  /^Can't find variable: (?:gmo|__gCrWeb)/,
  /(?:chrome|moz|safari|safari-web|ms-browser)-extension:\/\//,
]

/** Requests that the browser broke off because the page was left. */
const ABORTED = /^(?:AbortError|NetworkError)$|Failed to fetch|Load failed|NetworkError when attempting/

export interface NoiseContext {
  /** True once the page is being left. */
  isLeaving: boolean
  /** The application's own rules: part of the message, or a pattern of it. */
  ignore: readonly (string | RegExp)[]
}

/** True when an error is not worth a report. */
export const isNoise = (
  { name = '', message = '', stack = '' }: { name?: string; message?: string; stack?: string },
  { isLeaving, ignore }: NoiseContext,
): boolean =>
  NOISE.some((pattern) => pattern.test(message + stack)) ||
  (isLeaving && (ABORTED.test(name) || ABORTED.test(message))) ||
  // Unlike `test`, `search` does not go on from where a global pattern last matched.
  ignore.some((rule) => (typeof rule === 'string' ? message.includes(rule) : message.search(rule) >= 0))
