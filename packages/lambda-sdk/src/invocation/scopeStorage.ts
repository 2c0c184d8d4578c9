import { AsyncLocalStorage } from 'node:async_hooks'
import type { Invocation, Scope } from './Invocation.ts'

/** Carries the scope through `await`, timers and concurrent requests. */
export const scopeStorage: AsyncLocalStorage<Scope> = /* @__PURE__ */ new AsyncLocalStorage<Scope>()

/** The scope the calling code belongs to, if any. */
export const currentScope = (): Scope | undefined => scopeStorage.getStore()

/** The invocation the calling code belongs to, if any. */
export const currentInvocation = (): Invocation | undefined => scopeStorage.getStore()?.invocation
