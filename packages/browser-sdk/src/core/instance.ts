import { INERT } from './inertObservability.ts'
import type { Observability } from './Observability.ts'

/** In the global registry of symbols, so that two copies of this module (HMR, ESM beside CommonJS) share one instance. */
const KEY = Symbol.for('@acme/observe-browser')

const registry = globalThis as { [KEY]?: Observability | undefined }

/** The running instance, or one whose methods do nothing. */
export const getObservability = (): Observability => registry[KEY] ?? INERT

export const setInstance = (instance: Observability | undefined): void => {
  registry[KEY] = instance
}
