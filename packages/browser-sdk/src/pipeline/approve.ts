import type { ObserveEvent } from '@acme/observe-schema/types'
import type { Drops } from '../delivery/createDrops.ts'
import type { ObserveOptions } from '../options/ObserveOptions.ts'

/** The application's last word on an event: itself, another one, or none. */
export const approve = (
  event: ObserveEvent,
  beforeSend: ObserveOptions['beforeSend'],
  drops: Drops,
): ObserveEvent[] => {
  try {
    const approved = beforeSend ? beforeSend(event) : event
    if (approved) return [approved]
  } catch {
    // What a failing filter was meant to remove is unknown, so the event stays here.
  }
  drops.add('before-send')
  return []
}
