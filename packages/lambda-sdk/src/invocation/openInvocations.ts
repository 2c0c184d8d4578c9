import type { Invocation } from './Invocation.ts'

/** Most runs watched at once; a handler that never answers must not be remembered for ever. */
const MAX_OPEN = 1_000

/** Runs whose handler has not answered yet. */
export const openInvocations: Set<Invocation> = /* @__PURE__ */ new Set()

/** Remembers a run until it is closed. */
export const rememberOpen = (invocation: Invocation): void => {
  if (openInvocations.size < MAX_OPEN) openInvocations.add(invocation)
}
