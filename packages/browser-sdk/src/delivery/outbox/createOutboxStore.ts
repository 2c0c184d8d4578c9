import { type BatchStore, openStore, type StoredBatch } from './openStore.ts'

/** Where the outbox keeps its batches. No method rejects. */
export interface OutboxStore {
  /**
   * True when the batch is on disk, where it outlives the page. `isWanted` is asked when it comes to the writing, for
   * everything may have been forgotten meanwhile.
   */
  put: (batch: StoredBatch, isWanted: () => boolean) => Promise<boolean>
  delete: (id: string) => Promise<void>
  /** Oldest first. */
  all: () => Promise<StoredBatch[]>
  /** Deletes all and returns what that was. Always allowed, and creates no database in order to empty it. */
  clear: () => Promise<StoredBatch[]>
}

/** IndexedDB, and memory for what it refuses: for want of consent, of room, or of a browser that lets it be used. */
export const createOutboxStore = (mayStore: () => boolean, indexedDB?: IDBFactory): OutboxStore => {
  const memory = new Map<string, StoredBatch>()
  let opening: Promise<BatchStore | undefined> | undefined

  const onDisk = async <Result>(work: (disk: BatchStore) => Promise<Result>): Promise<Result | undefined> => {
    if (!mayStore()) return
    opening ??= openStore(indexedDB).catch(() => undefined)
    const disk = await opening
    try {
      return disk && (await work(disk))
    } catch {
      // Browsers close databases of pages in the background: the next use opens it again.
      opening = undefined
    }
  }
  const everywhere = (stored: readonly StoredBatch[] = []) =>
    [...new Map([...stored.map((batch) => [batch.id, batch] as const), ...memory]).values()].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    )

  return {
    put: async (batch, isWanted) => {
      const isStored = await onDisk(async (disk) => {
        if (isWanted()) await disk.put(batch)
        return true
      })
      if (isStored) memory.delete(batch.id)
      else if (isWanted()) memory.set(batch.id, batch)
      return !!isStored
    },
    delete: async (id) => {
      memory.delete(id)
      await onDisk((disk) => disk.delete(id))
    },
    all: async () => everywhere(await onDisk((disk) => disk.all())),
    clear: async () => {
      const disk = openStore(indexedDB, true)
      const held = [...memory.values()]
      memory.clear()
      try {
        const stored = await (await disk).all()
        await (await disk).clear()
        return [...stored, ...held]
      } catch {
        return held
      }
    },
  }
}
