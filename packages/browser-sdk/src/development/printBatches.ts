import type { Envelope } from '@acme/observe-schema/types'
import type { Batch } from '../delivery/Batch.ts'

/** Prints what is sent: one line for a batch, one below it for each event. */
export const printBatches = (batches: readonly Batch[]): void => {
  for (const { body, bytes } of batches) {
    const { events, session }: Envelope = JSON.parse(body)
    const { debug } = console
    debug(`[observe] ${events.length} event(s), ${bytes} bytes, session ${session.id}`)
    for (const { type, ...fields } of events) debug(`[observe]   ${type}`, fields)
  }
}
