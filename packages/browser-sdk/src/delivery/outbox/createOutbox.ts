import type { DropReason } from '@acme/observe-schema/types'
import type { Environment } from '../../runtime/environment.ts'
import { attempt } from '../../runtime/guard.ts'
import type { Batch } from '../Batch.ts'
import type { Drops } from '../createDrops.ts'
import type { Outcome } from '../createTransport.ts'
import { type JournalEntry, journalKeys, OUTBOX_KEY } from '../exitJournal.ts'
import { type BatchStore, createMemoryStore, openStore } from './openStore.ts'
import { parseRetryAfter, retryDelay } from './retryDelay.ts'
import { splitBatch } from './splitBatch.ts'

/** Undelivered batches are given up after this many milliseconds. */
export const EXPIRE_MS = 86_400_000

/** Most undelivered batches kept; the oldest goes first. */
export const MAX_STORED_BATCHES = 50

/**
 * For this long, in milliseconds, the collector can be trusted to recognise a batch that it already has. After that,
 * a batch that most likely arrived is not sent again: it would more likely be counted twice than be missed.
 */
export const RECOGNISED_MS = 300_000

/** The page that wrote a journal entry may still be waiting for its answer, in milliseconds. */
const UNSETTLED_MS = 3_000

/** Refusals that no later attempt can change. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![408, 425, 429].includes(status)

export interface OutboxDependencies {
  post: (batch: Batch) => Promise<Outcome>
  /** Tells the transport that a batch is safe: delivered, stored or given up. */
  settle: (batch: Batch) => void
  storage: () => Storage | undefined
  drops: Drops
  environment: Pick<Environment, 'now'>
  random?: () => number
  indexedDB?: IDBFactory
  locks?: LockManager | undefined
}

/** Batches that the collector could not take: stored, retried, split, given up. */
export interface Outbox {
  /** Takes over a batch, with the outcome of its first attempt if there was one. */
  add: (batch: Batch, outcome?: Outcome) => Promise<void>
  /** Takes over what ended pages left in the journal, and starts delivering. */
  resume: () => Promise<void>
  clear: () => Promise<void>
  /** True while no attempt may be made. */
  isWaiting: () => boolean
  size: () => number
}

export const createOutbox = ({
  post,
  settle,
  storage,
  drops,
  environment: { now },
  random = Math.random,
  indexedDB = globalThis.indexedDB,
  locks = navigator.locks,
}: OutboxDependencies): Outbox => {
  const memory = createMemoryStore()
  let opening: Promise<BatchStore> | undefined
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let size = 0
  /** How often everything was forgotten: what began before must not be kept after. */
  let forgotten = 0

  const open = async (): Promise<BatchStore> => {
    if (!storage()) return memory
    opening ??= openStore(indexedDB).catch(() => memory)
    return opening
  }

  const refresh = async () => {
    size = (await (await open()).all()).length
    attempt(() => (size ? storage()?.setItem(OUTBOX_KEY, '1') : storage()?.removeItem(OUTBOX_KEY)))
  }

  const keep = async (batch: Batch, at: number) => {
    const before = forgotten
    const store = await open()
    if (before !== forgotten) return
    await store.put({ ...batch, at })
    // Memory does not outlive the page: such a batch stays with the transport, to be kept at exit.
    if (store !== memory) settle(batch)
    for (const oldest of (await store.all()).slice(0, -MAX_STORED_BATCHES)) await giveUp(oldest, 'queue-full')
  }

  const remove = async (batch: Batch) => {
    await (await open()).delete(batch.id)
    settle(batch)
  }

  const giveUp = async (batch: Batch, reason: DropReason) => {
    drops.add(reason, batch.count)
    drops.restore(JSON.parse(batch.body).dropped)
    await remove(batch)
  }

  /** Acts on the outcome of an attempt. False when the collector should be left alone for a while. */
  const resolve = async (
    batch: Batch,
    { accepted, status, retryAfter }: Outcome,
    at: number,
  ): Promise<boolean> => {
    if (accepted) await remove(batch)
    else if (status === 413) {
      const halves = splitBatch(batch, now())
      if (!halves) await giveUp(batch, 'too-large')
      else {
        for (const half of halves) await keep(half, at)
        await remove(batch)
      }
    } else if (isFinal(status)) await giveUp(batch, 'rejected')
    else {
      await keep(batch, at)
      failures++
      wait(retryDelay(failures, parseRetryAfter(retryAfter, now()), random))
      return false
    }
    failures = 0
    return true
  }

  const wait = (delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void inTurn(drain)
    }, delayMs)
  }

  /** One tab at a time: the others find the work done when they look again. */
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const run = () => work().then(refresh)
    try {
      if (!locks) return await run()
      await locks.request('observe.outbox', { ifAvailable: true }, (lock) =>
        lock ? run() : wait(retryDelay(++failures, undefined, random)),
      )
    } catch {
      wait(retryDelay(++failures, undefined, random))
    }
  }

  const drain = async () => {
    const before = forgotten
    for (const batch of await (await open()).all()) {
      if (before !== forgotten) return
      if (Math.abs(now() - batch.at) > EXPIRE_MS) await giveUp(batch, 'expired')
      else {
        const outcome = await post(batch)
        if (before !== forgotten || !(await resolve(batch, outcome, batch.at))) return
      }
    }
    // The halves of a split batch came in while the others went out.
    if ((await (await open()).all())[0]) wait(0)
  }

  const adopt = async () => {
    const journal = storage()
    if (!journal) return
    for (const key of journalKeys(journal)) {
      const entry: JournalEntry | undefined = attempt(() => JSON.parse(journal.getItem(key) as string))
      const age = Math.abs(now() - (entry?.at ?? 0))
      if (age < UNSETTLED_MS) {
        setTimeout(() => void inTurn(adopt), UNSETTLED_MS)
        continue
      }
      if (entry && !(entry.likely && age > RECOGNISED_MS)) {
        const { at, likely, ...batch } = entry
        await keep(batch, at)
      }
      journal.removeItem(key)
    }
    await drain()
  }

  return {
    add: async (batch, outcome) => {
      if (outcome) await resolve(batch, outcome, now())
      else await keep(batch, now())
      await refresh()
      if (size && !timer) wait(0)
    },
    resume: () => inTurn(adopt),
    clear: async () => {
      // Before the first await, and whatever the consent is by then: deleting is always allowed.
      const disk = opening ?? openStore(indexedDB, true).catch(() => memory)
      forgotten++
      clearTimeout(timer)
      timer = undefined
      const journal = storage()
      if (journal) for (const key of journalKeys(journal)) journal.removeItem(key)
      await memory.clear()
      await (await disk).clear()
      await refresh()
    },
    isWaiting: () => timer !== undefined,
    size: () => size,
  }
}
