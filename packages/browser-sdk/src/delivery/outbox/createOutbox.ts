import type { DropReason } from '@acme/observe-schema/types'
import type { Environment } from '../../runtime/environment.ts'
import { attempt } from '../../runtime/guard.ts'
import type { Batch } from '../Batch.ts'
import type { Drops } from '../createDrops.ts'
import type { Outcome } from '../createTransport.ts'
import { journalKeys, OUTBOX_KEY } from '../exitJournal.ts'
import { adoptJournal, UNSETTLED_MS } from './adoptJournal.ts'
import { createOutboxStore } from './createOutboxStore.ts'
import type { StoredBatch } from './openStore.ts'
import { parseRetryAfter, retryDelay } from './retryDelay.ts'
import { splitBatch } from './splitBatch.ts'

/** Undelivered batches are given up after this many milliseconds. */
export const EXPIRE_MS = 86_400_000

/** Most undelivered batches kept; the oldest goes first. */
export const MAX_STORED_BATCHES = 50

/** A batch is given up when it was refused this often while others got through. */
export const MAX_REFUSALS = 8

/** Refusals that no later attempt can change. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![408, 425, 429].includes(status)

export interface OutboxDependencies {
  post: (batch: Batch) => Promise<Outcome>
  /** How many batches the collector has accepted so far, from whomever on this page. */
  accepted: () => number
  /** Tells the transport that a batch is safe: delivered, stored or given up. */
  settle: (batch: Batch) => void
  /** Tells the transport that a batch is in memory only, so that it has to be kept at exit. */
  hold: (batch: Batch) => void
  storage: () => Storage | undefined
  drops: Drops
  environment: Pick<Environment, 'now'>
  random?: () => number
  indexedDB?: IDBFactory | undefined
  locks?: LockManager | undefined
}

/** Batches that the collector could not take: stored, retried, split, given up. */
export interface Outbox {
  /** Takes over a batch, with the outcome of its first attempt if there was one. */
  add: (batch: Batch, outcome?: Outcome) => Promise<void>
  /** Takes over what ended pages left in the journal, and starts delivering. */
  resume: () => Promise<void>
  clear: () => Promise<void>
  /** True while the collector is to be left alone. */
  isWaiting: () => boolean
  /** The batches in it. */
  ids: () => readonly string[]
}

export const createOutbox = ({
  post,
  accepted,
  settle,
  hold,
  storage,
  drops,
  environment: { now },
  random = Math.random,
  // Reading it throws where an extension or a policy refuses it.
  indexedDB = attempt(() => globalThis.indexedDB),
  locks = navigator.locks,
}: OutboxDependencies): Outbox => {
  const store = createOutboxStore(() => storage() !== undefined, indexedDB)
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBlocked = false
  let isBusy = false
  let ids = new Set<string>()
  /** What `accepted` was when the collector last failed or everything had been tried. */
  let acceptedBefore = 0
  /** How often everything was forgotten: what began before must not be kept after. */
  let forgotten = 0

  const refresh = async () => {
    ids = new Set((await store.all()).map(({ id }) => id))
    attempt(() => (ids.size ? storage()?.setItem(OUTBOX_KEY, '1') : storage()?.removeItem(OUTBOX_KEY)))
  }

  const keep = async (batch: StoredBatch) => {
    const before = forgotten
    const isWanted = () => before === forgotten
    const isStored = await store.put(batch, isWanted)
    if (!isWanted()) return
    ids.add(batch.id)
    if (isStored) settle(batch)
    else hold(batch)
    for (const oldest of (await store.all()).slice(0, -MAX_STORED_BATCHES)) await giveUp(oldest, 'queue-full')
  }

  const remove = async (batch: Batch) => {
    await store.delete(batch.id)
    ids.delete(batch.id)
    settle(batch)
  }

  const giveUp = async (batch: Batch, reason: DropReason) => {
    drops.add(reason, batch.count)
    drops.restore(JSON.parse(batch.body).dropped)
    await remove(batch)
  }

  /** Acts on the outcome of an attempt. False when the collector should be left alone for a while. */
  const resolve = async (
    batch: StoredBatch,
    { accepted: isAccepted, status, retryAfter }: Outcome,
  ): Promise<boolean> => {
    if (isAccepted) await remove(batch)
    else if (status === 413) {
      const halves = splitBatch(batch, now())
      if (!halves) await giveUp(batch, 'too-large')
      else {
        for (const half of halves) await keep({ ...half, at: batch.at })
        await remove(batch)
      }
    } else if (isFinal(status)) await giveUp(batch, 'rejected')
    else return refuse(batch, parseRetryAfter(retryAfter, now()))
    failures = 0
    return true
  }

  /** The batch goes behind all others. It pauses them as well, unless it is the only one that does not get through. */
  const refuse = async (batch: StoredBatch, askedMs?: number): Promise<boolean> => {
    const othersPass = batch.triedAt !== undefined && accepted() !== acceptedBefore
    const refusals = othersPass || batch.refusals ? (batch.refusals ?? 0) + 1 : 0
    if (othersPass && refusals >= MAX_REFUSALS) await giveUp(batch, 'send-failed')
    else await keep({ ...batch, refusals, triedAt: now() })
    if (refusals && askedMs === undefined) return true
    acceptedBefore = accepted()
    wait(retryDelay(++failures, askedMs, random), true)
    return false
  }

  const wait = (delayMs: number, blocks = false) => {
    if (isBlocked && !blocks) return
    isBlocked = blocks
    clearTimeout(timer)
    timer = setTimeout(() => {
      isBlocked = false
      void inTurn(drain)
    }, delayMs)
  }

  /** One tab at a time: the others find the work done when they look again. What is in memory only is not shared. */
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const run = () => work().then(refresh)
    const later = () => wait(retryDelay(1, undefined, random))
    if (isBusy) return later()
    isBusy = true
    try {
      if (!locks || !storage()) await run()
      else {
        await locks.request('observe.outbox', { ifAvailable: true }, (lock) => (lock ? run() : later()))
      }
    } catch {
      wait(retryDelay(++failures, undefined, random))
    } finally {
      isBusy = false
    }
  }

  /** How long a batch that alone is refused has to wait for its next attempt. */
  const restMs = ({ refusals, triedAt = 0 }: StoredBatch): number =>
    refusals ? Math.max(0, retryDelay(refusals, undefined, random) - Math.abs(now() - triedAt)) : 0

  const drain = async () => {
    const before = forgotten
    const waiting = await store.all()
    // Those tried before go last, so that one that is refused again and again keeps none behind it from passing.
    for (const batch of waiting.sort((a, b) => (a.triedAt ?? 0) - (b.triedAt ?? 0))) {
      if (before !== forgotten) return
      if (Math.abs(now() - batch.at) > EXPIRE_MS) await giveUp(batch, 'expired')
      else if (!restMs(batch)) {
        const outcome = await post(batch)
        if (before !== forgotten || !(await resolve(batch, outcome))) return
      }
    }
    acceptedBefore = accepted()
    // Batches that rest, and the halves of split ones, which came in while the others went out.
    const left = await store.all()
    if (left[0]) wait(Math.min(...left.map(restMs)))
  }

  const adopt = async () => {
    const journal = storage()
    if (!journal) return
    if (await adoptJournal(journal, now(), keep, drops)) setTimeout(() => void inTurn(adopt), UNSETTLED_MS)
    await drain()
  }

  return {
    add: async (batch, outcome) => {
      const stored = { ...batch, at: now() }
      if (outcome) await resolve(stored, outcome)
      else await keep(stored)
      await refresh()
      if (ids.size) wait(0)
    },
    resume: () => inTurn(adopt),
    clear: async () => {
      forgotten++
      clearTimeout(timer)
      isBlocked = false
      const journal = storage()
      if (journal) for (const key of journalKeys(journal)) journal.removeItem(key)
      for (const { count } of await store.clear()) drops.add('consent', count)
      await refresh()
    },
    isWaiting: () => isBlocked,
    ids: () => [...ids],
  }
}
