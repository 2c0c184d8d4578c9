/** Names of the metrics this package records itself; a user's of the same name would be counted into them. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'Invocations',
  'Duration',
  'ColdStart',
  'InitDuration',
  'Errors',
  'Timeouts',
  'RecordsProcessed',
  'BatchItemFailures',
  'TimeToFirstByte',
])

/** Whether this package records a metric of that name itself. */
export const isBuiltInMetric = (name: string): boolean => BUILT_IN.has(name)
