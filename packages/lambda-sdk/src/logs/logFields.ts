import { maskProperties } from '@acme/observe-schema/masking'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { safeSerializeError } from './serializeError.ts'

/** What a log call's fields become: errors as plain objects, personal data masked, reserved names moved aside. */
export const logFields = (fields: object): Record<string, unknown> => {
  const errors: Record<string, unknown> = {}
  const rest: Record<string, unknown> = {}
  try {
    for (const [key, value] of Object.entries(fields)) {
      const name = isReservedKey(key) ? `custom_${key}` : key === 'err' ? 'error' : key
      if (value instanceof Error) errors[name] = safeSerializeError(value)
      else rest[name] = value
    }
    return { ...(maskProperties(rest) as object), ...errors }
  } catch {
    return { ...errors, fields: '[unserializable]' }
  }
}
