import { AsyncLocalStorage } from 'node:async_hooks'
import type { Invocation } from './Invocation.ts'

/** Carries the invocation through `await`, timers and concurrent requests. */
export const invocationStorage: AsyncLocalStorage<Invocation> =
  /* @__PURE__ */ new AsyncLocalStorage<Invocation>()

/** The invocation the calling code belongs to, if any. */
export const currentInvocation = (): Invocation | undefined => invocationStorage.getStore()
