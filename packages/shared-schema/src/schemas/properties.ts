import * as z from 'zod/mini'
import { MAX_PROPERTIES, MAX_PROPERTY_KEY_LENGTH, MAX_PROPERTY_VALUE_LENGTH } from '../limits.ts'
import type { Properties } from '../types.ts'
import { exactly } from './exactly.ts'
import { cut, text } from './text.ts'

const value = z.union([text(MAX_PROPERTY_VALUE_LENGTH), z.number(), z.boolean(), z.null()])

const withinLimits = (properties: Properties): Properties => {
  const keys = Object.keys(properties)
  if (keys.length <= MAX_PROPERTIES && keys.every((key) => key.length <= MAX_PROPERTY_KEY_LENGTH))
    return properties
  const kept: Properties = {}
  for (const key of keys.slice(0, MAX_PROPERTIES)) {
    kept[cut(key, MAX_PROPERTY_KEY_LENGTH)] = properties[key] as Properties[string]
  }
  return kept
}

/** Flat properties: the first {@link MAX_PROPERTIES} are kept, long keys and values are cut. */
export const propertiesSchema: z.ZodMiniType<Properties> = exactly<Properties>()(
  z.record(z.string(), value).check(
    z.overwrite(withinLimits),
    z.meta({
      maxProperties: MAX_PROPERTIES,
      propertyNames: { type: 'string', maxLength: MAX_PROPERTY_KEY_LENGTH },
    }),
  ),
)
