import { maskProperties, maskText } from '@acme/observe-schema/masking'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { safeSerializeError } from './serializeError.ts'

/** Longest string masked here; longer ones are cut by the general rule. */
const MAX_PLAIN_LENGTH = 1_000
/** Most keys remembered as harmless, and the longest. They come from code, but a key may also be data. */
const MAX_REMEMBERED_KEYS = 1_000
const MAX_REMEMBERED_LENGTH = 100

const harmless = new Set<string>()

/** Whether a key announces no personal data, by asking the rules once. */
const isHarmless = (key: string): boolean => {
  if (harmless.has(key)) return true
  const probe = maskProperties({ [key]: 'x' }) as Record<string, unknown>
  if (probe[key] !== 'x') return false
  if (key.length <= MAX_REMEMBERED_LENGTH) {
    // Keys without end may come from outside; those of the code are back as soon as they are used.
    if (harmless.size >= MAX_REMEMBERED_KEYS) harmless.clear()
    harmless.add(key)
  }
  return true
}

/** Same result as {@link maskProperties} gives, quicker for the plain values most fields have. */
const maskedInto = (masked: Record<string, unknown>, key: string, value: unknown): void => {
  if (isHarmless(key)) {
    const type = typeof value
    if (type === 'number' || type === 'boolean' || value === null) {
      masked[key] = value
      return
    }
    if (type === 'string' && (value as string).length <= MAX_PLAIN_LENGTH) {
      masked[key] = maskText(value as string)
      return
    }
  }
  Object.assign(masked, maskProperties({ [key]: value }))
}

/** What a log call's fields become: errors as plain objects, personal data masked, reserved names moved aside. */
export const logFields = (fields: object): Record<string, unknown> => {
  const masked: Record<string, unknown> = {}
  for (const key of Object.keys(fields)) {
    const name = isReservedKey(key) ? `custom_${key}` : key === 'err' ? 'error' : key
    try {
      const value = (fields as Record<string, unknown>)[key]
      if (value instanceof Error) masked[name] = safeSerializeError(value)
      else maskedInto(masked, name, value)
    } catch {
      maskedInto(masked, name, '[unreadable]')
    }
  }
  return masked
}
