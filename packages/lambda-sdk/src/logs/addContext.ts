import { linePrefix } from '../invocation/linePrefix.ts'
import { currentScope } from '../invocation/scopeStorage.ts'
import { reportFailure } from '../output/reportFailure.ts'
import { freeDocumentKey } from './freeDocumentKey.ts'
import { logFields } from './logFields.ts'

/**
 * Adds fields to every further line of the current invocation (within {@link withRecord}: of the record), metric documents
 * included. They end with it and are never seen by another. Personal data is masked. A name that documents use themselves, or
 * a property has, is moved aside as `custom_<name>`. Ignored outside an invocation.
 *
 * @example
 * ```ts
 * addContext({ userId: 'u_17', plan: 'pro' })
 * ```
 */
export const addContext = (fields: Record<string, unknown>): void => {
  try {
    const scope = currentScope()
    if (!scope) return
    const { settings, requestId, properties } = scope.invocation
    const added = Object.entries(logFields(fields)).map(
      ([key, value]) => [freeDocumentKey(key, settings, properties), value] as const,
    )
    scope.context = { ...scope.context, ...Object.fromEntries(added) }
    scope.linePrefix = linePrefix(settings, requestId, scope.correlation, scope.context)
  } catch (error) {
    reportFailure('OBSERVE_CONTEXT_FAILED', 'context could not be added to the lines.', error)
  }
}
