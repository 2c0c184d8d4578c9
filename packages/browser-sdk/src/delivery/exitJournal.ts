import { attempt } from '../runtime/guard.ts'
import type { Batch } from './Batch.ts'

/** Beginning of the `localStorage` keys under which batches of a page about to end are kept, one key each. */
export const JOURNAL_PREFIX = 'observe.exit.'

/** `localStorage` key that says that the collector did not answer when last asked. */
export const DOWN_KEY = 'observe.down'

/** `localStorage` key that says that undelivered batches wait in IndexedDB. */
export const OUTBOX_KEY = 'observe.outbox'

/** Most batches kept by all tabs together: `localStorage` is small and the application's. */
export const MAX_JOURNAL_BATCHES = 8

export interface JournalEntry extends Batch {
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
export const keepBatch = (storage: Storage, batch: Batch, at: number): void => {
  attempt(() => {
    if (journalKeys(storage).length >= MAX_JOURNAL_BATCHES) return
    const entry: JournalEntry = { ...batch, at, likely: !storage.getItem(DOWN_KEY) && navigator.onLine }
    storage.setItem(JOURNAL_PREFIX + batch.id, JSON.stringify(entry))
  })
}

export const forgetBatch = (storage: Storage | undefined, id: string): void => {
  attempt(() => storage?.removeItem(JOURNAL_PREFIX + id))
}
