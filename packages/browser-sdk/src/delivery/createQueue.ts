import { MAX_BATCH_BYTES, MAX_EVENTS_PER_BATCH } from '@acme/observe-schema/limits'
import type { ObserveEvent, SessionInfo } from '@acme/observe-schema/types'
import type { Sender } from '../core/describeSender.ts'
import { byteLength } from '../runtime/byteLength.ts'
import { attempt } from '../runtime/guard.ts'
import { uuidv7 } from '../runtime/ids.ts'
import type { Signal } from '../signals/Signal.ts'
import type { Batch } from './Batch.ts'
import type { Drops } from './createDrops.ts'

/** Most events that wait in memory, for their batch or for consent. */
export const MAX_QUEUED_EVENTS = 500

/** Room for everything of the envelope but the events: all its strings are bounded. */
const HEAD_BYTES = 4_000

export interface QueueDependencies {
  now: () => number
  sender: (session: SessionInfo) => Sender
  /** Turns the signals of one session into events that may leave the page. */
  finish: (signals: readonly Signal[]) => readonly ObserveEvent[]
  drops: Drops
}

/** Signals on their way into batches. */
export interface Queue {
  /** False when the queue is full; the loss is counted. */
  add: (signal: Signal, session: SessionInfo) => boolean
  /** Seals what is queued. Each batch belongs to one session and stays within the limits of the contract. */
  take: () => Batch[]
  /** Forgets what is queued and returns how many that were. */
  clear: () => number
  size: () => number
}

/** A bounded queue that seals batches. */
export const createQueue = ({ now, sender, finish, drops }: QueueDependencies): Queue => {
  let waiting: [signal: Signal, session: SessionInfo][] = []

  const seal = (session: SessionInfo, parts: readonly string[]): Batch => {
    const at = now()
    const id = uuidv7(at)
    const envelope = JSON.stringify({ ...sender(session), batchId: id, sentAt: at, dropped: drops.take() })
    const body = `${envelope.slice(0, -1)},"events":[${parts}]}`
    return { id, body, bytes: byteLength(body), count: parts.length }
  }

  const sealSession = (session: SessionInfo, signals: readonly Signal[]): Batch[] => {
    const batches: Batch[] = []
    let parts: string[] = []
    let bytes = HEAD_BYTES
    const close = () => {
      if (parts[0]) batches.push(seal(session, parts))
      parts = []
      bytes = HEAD_BYTES
    }
    for (const event of finish(signals)) {
      const json = attempt(() => JSON.stringify(event))
      if (!json) {
        drops.add('before-send')
        continue
      }
      const size = byteLength(json) + 1
      if (bytes + size > MAX_BATCH_BYTES || parts.length >= MAX_EVENTS_PER_BATCH) close()
      if (bytes + size > MAX_BATCH_BYTES) drops.add('too-large')
      else {
        parts.push(json)
        bytes += size
      }
    }
    close()
    return batches
  }

  return {
    add: (signal, session) => {
      const hasRoom = waiting.length < MAX_QUEUED_EVENTS
      if (hasRoom) waiting.push([signal, session])
      else drops.add('queue-full')
      return hasRoom
    },
    take: () => {
      const taken = waiting
      waiting = []
      const sessions = new Map(taken.map(([, session]) => [session.id, session]))
      return [...sessions.values()].flatMap((session) =>
        sealSession(
          session,
          taken.flatMap(([signal, owner]) => (owner.id === session.id ? [signal] : [])),
        ),
      )
    },
    clear: () => waiting.splice(0).length,
    size: () => waiting.length,
  }
}
