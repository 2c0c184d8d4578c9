import { checkOptions, type OptionRules } from '../config/checkOptions.ts'
import { compileOrigins, originList } from '../config/compileOrigins.ts'
import { ObserveConfigError } from '../config/ObserveConfigError.ts'
import { callable } from '../config/optionRules.ts'
import { propagationHeaders } from './propagation.ts'

type Fetch = typeof globalThis.fetch

/** Options of {@link createFetch}. */
export interface FetchOptions {
  /** Origins that may know session and trace: exact, `https://*.example.com`, or `*`. */
  origins: readonly string[]
  /** What performs the request. Default: the global `fetch`, looked up on every call. */
  fetch?: Fetch
}

const rules: OptionRules<FetchOptions> = { origins: originList, fetch: callable }

const originOf = (input: Parameters<Fetch>[0]): string => {
  try {
    return new URL(input instanceof Request ? input.url : input).origin
  } catch {
    return ''
  }
}

/**
 * A `fetch` that tells the team's own services the session and trace of the invocation it is called in. Other origins get
 * the request as it was made; headers the caller set are kept.
 *
 * @throws ObserveConfigError when an option is wrong or misspelt.
 *
 * @example
 * ```ts
 * const fetch = createFetch({ origins: ['https://*.internal.example.com'] })
 * await fetch('https://stock.internal.example.com/items')
 * ```
 */
export const createFetch = (options: FetchOptions): Fetch => {
  checkOptions('createFetch', options ?? {}, rules)
  if (options?.origins === undefined) {
    throw new ObserveConfigError('OBSERVE_MISSING_OPTION', 'createFetch needs the option "origins".')
  }
  const isOwn = compileOrigins(options.origins)
  return (input, init) => {
    const perform = options.fetch ?? globalThis.fetch
    if (!isOwn(originOf(input))) return perform(input, init)
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    for (const [name, value] of Object.entries(propagationHeaders())) {
      if (!headers.has(name)) headers.set(name, value)
    }
    return perform(input, { ...init, headers })
  }
}
