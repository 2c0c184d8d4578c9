import { byteLength } from '../../runtime/byteLength.ts'
import { attempt } from '../../runtime/guard.ts'
import type { Drops } from '../createDrops.ts'
import { DOWN_KEY, type JournalEntry, journalKeys } from '../exitJournal.ts'
import type { StoredBatch } from './openStore.ts'

/**
 * For this long, in milliseconds, the collector can be trusted to recognise a batch that it already has. After that,
 * a batch that most likely arrived is not sent again: it would more likely be counted twice than be missed.
 */
export const RECOGNISED_MS = 300_000

/** The page that wrote an entry may still be waiting for its answer, in milliseconds. */
export const UNSETTLED_MS = 3_000

/** An entry as its page wrote it. One that ended early, before this code was there, has put down the bare envelope. */
const readEntry = (journal: Storage, key: string): Partial<JournalEntry> => {
  const text = journal.getItem(key) as string
  const { batchId, sentAt, events, ...entry } = JSON.parse(text)
  return batchId
    ? { id: batchId, body: text, count: events.length, at: sentAt, likely: !journal.getItem(DOWN_KEY) }
    : entry
}

/** Takes over what ended pages left in the journal. True when entries remain that are too young to be judged. */
export const adoptJournal = async (
  journal: Storage,
  now: number,
  keep: (batch: StoredBatch) => Promise<void>,
  drops: Drops,
): Promise<boolean> => {
  let isUnsettled = false
  for (const key of journalKeys(journal)) {
    const { id = '', body, count = 1, at = 0, likely } = attempt(() => readEntry(journal, key)) ?? {}
    const age = Math.abs(now - at)
    if (age < UNSETTLED_MS) {
      isUnsettled = true
      continue
    }
    if (!body) drops.add('storage-failed', likely ? 0 : count)
    else if (!likely || age <= RECOGNISED_MS) await keep({ id, body, bytes: byteLength(body), count, at })
    journal.removeItem(key)
  }
  return isUnsettled
}
