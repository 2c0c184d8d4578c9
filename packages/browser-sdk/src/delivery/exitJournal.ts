import { attempt } from '../runtime/guard.ts'
import type { Batch } from './Batch.ts'

/** Beginning of the `localStorage` keys under which batches of a page about to end are kept, one key each. */
export const JOURNAL_PREFIX = 'observe.exit.'

/** `localStorage` key that says that the collector did not answer when last asked. */
export const DOWN_KEY = 'observe.down'

/** `localStorage` key that says that undelivered batches wait in IndexedDB. */
export const OUTBOX_KEY = 'observe.outbox'

/** Most batches kept by all tabs together: `localStorage` is small and the application's. Of others the count is kept. */
export const MAX_JOURNAL_BATCHES = 8

/** Most entries in all, each without a batch about a hundred bytes. */
const MAX_ENTRIES = 100

export interface JournalEntry extends Pick<Batch, 'id' | 'count'> {
  /** Missing where there was no room for it: then the next page can only tell of the loss. */
  body?: string
  /** Epoch milliseconds of the writing. */
  at: number
  /** True when the collector was not known to be in trouble, so that the batch has most likely arrived. */
  likely: boolean
}

/** Keys of the batches kept. */
export const journalKeys = (storage: Storage): string[] =>
  attempt(() => Object.keys(storage).filter((key) => key.startsWith(JOURNAL_PREFIX))) ?? []

/**
 * Keeps a batch whose outcome this page may not live to see. `localStorage`, because a page that ends has no time
 * for IndexedDB. Whoever learns that the batch arrived removes it by `forgetBatch`.
 */
export const keepBatch = (
  storage: Storage | undefined,
  { id, body, count }: Pick<Batch, 'id' | 'body' | 'count'>,
  at: number,
): void => {
  attempt(() => {
    if (!storage) return
    const key = JOURNAL_PREFIX + id
    const others = journalKeys(storage).filter((other) => other !== key).length
    const entry = { id, count, at, likely: !storage.getItem(DOWN_KEY) && navigator.onLine }
    const isFull = others >= MAX_JOURNAL_BATCHES
    if (others >= MAX_ENTRIES || (isFull && storage.getItem(key))) return
    storage.setItem(key, JSON.stringify(entry))
    // What refuses the batch for want of room leaves the entry without it in place.
    if (!isFull) storage.setItem(key, JSON.stringify({ ...entry, body }))
  })
}

export const forgetBatch = (storage: Storage | undefined, id: string): void => {
  attempt(() => storage?.removeItem(JOURNAL_PREFIX + id))
}
