/** Stable identifiers of a configuration mistake. */
export type ObserveConfigErrorCode =
  | 'OBSERVE_UNKNOWN_OPTION'
  | 'OBSERVE_INVALID_OPTION'
  | 'OBSERVE_MISSING_OPTION'
  | 'OBSERVE_NOT_A_HANDLER'

/** Thrown while a function initialises when an option is wrong, never while it serves a request. */
export class ObserveConfigError extends Error {
  override readonly name = 'ObserveConfigError'
  readonly code: ObserveConfigErrorCode

  constructor(code: ObserveConfigErrorCode, message: string) {
    super(`[@acme/observe-lambda] ${message}`)
    this.code = code
  }
}
