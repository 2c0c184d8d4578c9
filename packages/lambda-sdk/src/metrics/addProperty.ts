import { maskProperties } from '@acme/observe-schema/masking'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { currentInvocation } from '../invocation/scopeStorage.ts'
import { reportFailure } from '../output/reportFailure.ts'
import { isBuiltInMetric } from './toSample.ts'

/** Adds a member to the current invocation's documents; ignored outside of one. */
export const addProperty = (key: string, value: unknown): void => {
  try {
    const invocation = currentInvocation()
    if (!invocation || invocation.finished) return
    const name = String(key)
    const isTaken =
      isReservedKey(name) || isBuiltInMetric(name) || Object.hasOwn(invocation.settings.dimensions, name)
    const free = isTaken ? `custom_${name}` : name
    const masked = maskProperties({ [free]: value }) as Record<string, unknown>
    JSON.stringify(masked)
    invocation.properties = { ...invocation.properties, ...masked }
  } catch (error) {
    reportFailure('OBSERVE_PROPERTY_FAILED', 'a property could not be recorded.', error)
  }
}
