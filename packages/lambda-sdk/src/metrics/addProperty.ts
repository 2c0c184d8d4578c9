import { maskProperties } from '@acme/observe-schema/masking'
import { currentInvocation } from '../invocation/scopeStorage.ts'
import { freeDocumentKey } from '../logs/freeDocumentKey.ts'
import { reportFailure } from '../output/reportFailure.ts'

/** Adds a member to the current invocation's documents; ignored outside of one. */
export const addProperty = (key: string, value: unknown): void => {
  try {
    const invocation = currentInvocation()
    if (!invocation || invocation.finished) return
    const free = freeDocumentKey(String(key), invocation.settings, invocation.context)
    const masked = maskProperties({ [free]: value }) as Record<string, unknown>
    JSON.stringify(masked)
    invocation.properties = { ...invocation.properties, ...masked }
  } catch (error) {
    reportFailure('OBSERVE_PROPERTY_FAILED', 'a property could not be recorded.', error)
  }
}
