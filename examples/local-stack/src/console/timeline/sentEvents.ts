import type { Envelope, ObserveEvent } from '@acme/observe-schema/types'
import type { Row } from '../../store/tables.ts'

/** The events of a session's envelopes by id: when they happened, and what the log lines leave out. */
export const sentEvents = (
  envelopes: readonly Row<'envelopes'>[],
): { byId: Map<string, ObserveEvent>; replayIds: Set<string> } => {
  const byId = new Map<string, ObserveEvent>()
  const replayIds = new Set<string>()
  for (const { body } of envelopes) {
    const envelope = parse(body)
    if (typeof envelope?.session?.replay?.id === 'string') replayIds.add(envelope.session.replay.id)
    if (!Array.isArray(envelope?.events)) continue
    for (const event of envelope.events) {
      if (typeof event?.id === 'string' && typeof event.at === 'number') byId.set(event.id, event)
    }
  }
  return { byId, replayIds }
}

const parse = (body: Uint8Array): Partial<Envelope> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
