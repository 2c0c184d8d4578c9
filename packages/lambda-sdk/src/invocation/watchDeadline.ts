import { emitDocuments } from './finishInvocation.ts'
import type { Invocation } from './Invocation.ts'

/**
 * Warns shortly before Lambda would end the run: its documents are written while there is still time. The timer does not
 * keep the sandbox busy, and the run goes on.
 */
export const watchDeadline = (invocation: Invocation, context: unknown): void => {
  const { timeoutWarningMs } = invocation.settings
  if (timeoutWarningMs === 0) return
  const remaining = (context as { getRemainingTimeInMillis?: unknown } | null | undefined)
    ?.getRemainingTimeInMillis
  if (typeof remaining !== 'function') return
  const remainingMs = Number(Reflect.apply(remaining, context, []))
  if (!(remainingMs > 0)) return
  const delayMs = remainingMs - Math.min(timeoutWarningMs, remainingMs / 2)
  invocation.timer = setTimeout(warn, delayMs, invocation)
  invocation.timer.unref()
}

const warn = (invocation: Invocation): void => {
  if (invocation.finished) return
  invocation.warnedOfTimeout = true
  emitDocuments(invocation, { kind: 'deadline-near' })
}
