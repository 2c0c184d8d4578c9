import { isBuiltInMetric } from './builtInMetrics.ts'
import { isReservedKey } from './reservedKeys.ts'

/** Members that only documents have, or only some lines. */
const DOCUMENT_KEYS: ReadonlySet<string> = new Set([
  'status',
  'route',
  'error',
  'telemetryFailures',
  'recordId',
  'durationMs',
])

/** Whether a document may have a member of that name of its own. */
export const isDocumentKey = (key: string): boolean =>
  isReservedKey(key) || isBuiltInMetric(key) || DOCUMENT_KEYS.has(key)
