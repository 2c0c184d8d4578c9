import {
  MAX_PROPERTIES,
  MAX_PROPERTY_KEY_LENGTH,
  MAX_PROPERTY_VALUE_LENGTH,
} from '@acme/observe-schema/limits'
import { maskProperties } from '@acme/observe-schema/masking'
import type { Properties } from '@acme/observe-schema/types'

/**
 * Properties as they may leave the page: masked by key and by value, flat, within the limits of the contract. Nested
 * values become JSON. Undefined for anything that is no object or holds nothing.
 */
export const scrubProperties = (properties: unknown): Properties | undefined => {
  if (typeof properties !== 'object' || !properties) return
  const masked = maskProperties(properties) as Record<string, unknown>
  const flat = Object.entries(masked)
    .slice(0, MAX_PROPERTIES)
    .flatMap(([key, value]) => {
      const text = typeof value === 'object' && value ? JSON.stringify(value) : value
      const kept = typeof text === 'string' ? text.slice(0, MAX_PROPERTY_VALUE_LENGTH) : text
      // JSON has no Infinity, and undefined, functions and symbols say nothing.
      return kept === null || typeof kept === 'string' || typeof kept === 'boolean' || Number.isFinite(kept)
        ? [[key.slice(0, MAX_PROPERTY_KEY_LENGTH), kept] as const]
        : []
    })
  return flat[0] && (Object.fromEntries(flat) as Properties)
}
