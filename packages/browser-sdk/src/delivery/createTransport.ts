import { MAX_BATCH_BYTES } from '@acme/observe-schema/limits'
import type { Environment } from '../runtime/environment.ts'
import { attempt } from '../runtime/guard.ts'
import type { Batch } from './Batch.ts'
import type { Drops } from './createDrops.ts'
import { DOWN_KEY, forgetBatch, journalKeys, keepBatch, OUTBOX_KEY } from './exitJournal.ts'
import { createOutbox } from './outbox/createOutbox.ts'

/** What became of a request. `status` 0 means that no answer came; `retryAfter` is the header's text. */
export interface Outcome {
  accepted: boolean
  status: number
  retryAfter: string | null
}

/** What browsers that cannot keep a `fetch` alive have for the end of a page. */
const nativeBeacon = (url: string, body: string): boolean => navigator.sendBeacon?.(url, body)

export interface TransportDependencies {
  endpoint: string
  environment: Omit<Environment, 'fetch'>
  /** Undefined while storing is not allowed or not possible. */
  storage: () => Storage | undefined
  drops: Drops
  /** True when a `fetch` may outlive its page. */
  canOutlive?: boolean
  beacon?: (url: string, body: string) => boolean
}

/** Carries batches to the collector. */
export interface Transport {
  /** Sends a batch, or hands it to the outbox when the collector cannot take it now. Never rejects. */
  send: (batch: Batch) => Promise<void>
  /** Keeps all that is unconfirmed and sends the last batches, before the page ends. Synchronous. */
  sendAtExit: (batches: readonly Batch[]) => void
  /** Takes up what earlier visits left behind. Rejects where the storage cannot be read. */
  resume: () => Promise<void>
  /** Deletes everything kept for later. */
  forget: () => Promise<void>
  status: () => { collector: 'unknown' | 'up' | 'down'; undelivered: number; sent: number }
}

export const createTransport = ({
  endpoint,
  environment,
  storage,
  drops,
  canOutlive = 'keepalive' in Request.prototype,
  beacon = nativeBeacon,
}: TransportDependencies): Transport => {
  const unconfirmed = new Map<string, Batch>()
  let bytesInFlight = 0
  let sent = 0
  let accepted = 0
  let collector: 'unknown' | 'up' | 'down' = 'unknown'

  const note = (isUp: boolean) => {
    collector = isUp ? 'up' : 'down'
    attempt(() => (isUp ? storage()?.removeItem(DOWN_KEY) : storage()?.setItem(DOWN_KEY, '1')))
  }

  /** One attempt. Never rejects. */
  const post = async ({ body, bytes, count }: Batch): Promise<Outcome> => {
    bytesInFlight += bytes
    try {
      // All requests in flight share 64 KiB (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
      const keepalive = bytesInFlight <= MAX_BATCH_BYTES
      const response = await environment.post(endpoint, body, { keepalive })
      // A captive portal or a misrouted path answers 200 as well, but not in the collector's words.
      const rejected: unknown = response.ok && (await response.json()).rejected
      const isAccepted = Array.isArray(rejected)
      if (isAccepted) {
        accepted++
        sent += count - rejected.length
        drops.add('rejected', rejected.length)
      }
      note(isAccepted)
      return {
        accepted: isAccepted,
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
      }
    } catch {
      note(false)
      return { accepted: false, status: 0, retryAfter: null }
    } finally {
      bytesInFlight -= bytes
    }
  }

  const settle = ({ id }: Batch) => {
    unconfirmed.delete(id)
    forgetBatch(storage(), id)
  }

  const hold = (batch: Batch) => {
    unconfirmed.set(batch.id, batch)
  }

  const outbox = createOutbox({ post, accepted: () => accepted, settle, hold, storage, drops, environment })

  const send = async (batch: Batch) => {
    hold(batch)
    const outcome = outbox.isWaiting() ? undefined : await post(batch)
    if (outcome?.accepted) settle(batch)
    // Consent was withdrawn meanwhile.
    else if (unconfirmed.get(batch.id) !== batch) drops.add('consent', batch.count)
    else await outbox.add(batch, outcome).catch(() => {})
  }

  return {
    send,
    sendAtExit: (batches) => {
      for (const batch of [...unconfirmed.values(), ...batches]) {
        keepBatch(storage(), batch, environment.now())
      }
      for (const batch of batches) {
        // A beacon tells no outcome, carries cookies and the page's full address: only for browsers without keepalive.
        if (canOutlive || !beacon(endpoint, batch.body)) void send(batch)
      }
    },
    resume: async () => {
      const store = storage()
      if (store && (journalKeys(store)[0] || store.getItem(OUTBOX_KEY))) await outbox.resume()
    },
    forget: () => {
      unconfirmed.clear()
      return outbox.clear().catch(() => {})
    },
    status: () => ({
      collector,
      sent,
      // A batch that is in memory only is known to both.
      undelivered: new Set([...unconfirmed.keys(), ...outbox.ids()]).size,
    }),
  }
}
