import type { Envelope } from '@acme/observe-schema/types'
import { byteLength } from '../../runtime/byteLength.ts'
import { uuidv7 } from '../../runtime/ids.ts'
import type { Batch } from '../Batch.ts'

/** The two halves of a batch that was too large, each under an id of its own; undefined if it holds one event. */
export const splitBatch = ({ body }: Batch, now: number): Batch[] | undefined => {
  const { dropped, ...envelope }: Envelope = JSON.parse(body)
  const { events } = envelope
  if (events.length < 2) return
  const middle = Math.ceil(events.length / 2)
  return [events.slice(0, middle), events.slice(middle)].map((half, index) => {
    const id = uuidv7(now)
    // The losses are reported once, with the first half.
    const text = JSON.stringify({
      ...envelope,
      batchId: id,
      ...(!index && dropped && { dropped }),
      events: half,
    })
    return { id, body: text, bytes: byteLength(text), count: half.length }
  })
}
