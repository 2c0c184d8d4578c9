import type { Settings } from '../config/Settings.ts'
import { isBuiltInMetric } from '../emf/builtInMetrics.ts'
import { isReservedKey } from '../emf/reservedKeys.ts'

/** Members that only documents have, or only some lines. */
const DOCUMENT_KEYS: ReadonlySet<string> = new Set([
  'status',
  'route',
  'error',
  'telemetryFailures',
  'recordId',
  'durationMs',
  'propertiesShed',
  'truncatedFromBytes',
])

/** The key under which a member can be added to documents: moved aside from what they say themselves, and from `others`. */
export const freeDocumentKey = (
  key: string,
  { dimensions }: Pick<Settings, 'dimensions'>,
  others: object = {},
): string => {
  let free = key
  while (
    isReservedKey(free) ||
    DOCUMENT_KEYS.has(free) ||
    isBuiltInMetric(free) ||
    Object.hasOwn(dimensions, free) ||
    Object.hasOwn(others, free)
  ) {
    free = `custom_${free}`
  }
  return free
}
