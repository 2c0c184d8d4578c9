import type { ErrorEvent, ObserveEvent } from '@acme/observe-schema/types'

/** Errors of the same source and fingerprint become the first of them, with the sum of their counts. */
export const mergeErrors = (events: readonly ObserveEvent[]): ObserveEvent[] => {
  const first = new Map<string, ErrorEvent>()
  return events.filter((event) => {
    if (event.type !== 'error') return true
    const key = event.source + event.fingerprint
    const same = first.get(key)
    if (same) same.count += event.count
    else first.set(key, event)
    return !same
  })
}
