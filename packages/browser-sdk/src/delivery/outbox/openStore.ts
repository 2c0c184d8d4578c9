import type { Batch } from '../Batch.ts'

/** Name of the IndexedDB database. */
const DATABASE = 'observe'
const TABLE = 'batches'

/** A browser that has not opened the database after this many milliseconds will not. */
const OPEN_MS = 3_000

export interface StoredBatch extends Batch {
  /** Epoch milliseconds of the first attempt. */
  at: number
  /** Epoch milliseconds of the last attempt that was made from the store. */
  triedAt?: number
  /** How often it was refused while others got through, and since. */
  refusals?: number
}

/** Batches on disk. Its methods reject where the browser refuses. */
export interface BatchStore {
  put: (batch: StoredBatch) => Promise<unknown>
  delete: (id: string) => Promise<unknown>
  all: () => Promise<StoredBatch[]>
  clear: () => Promise<unknown>
}

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** A change counts once its transaction is committed: a request that succeeded is undone when the page ends before that. */
const committed = ({ transaction }: IDBRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    if (!transaction) return resolve(undefined)
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })

/**
 * In IndexedDB, shared by all tabs of the origin. Rejects where the browser refuses it, and with `mustExist` where no
 * database has been created yet.
 */
export const openStore = async (factory?: IDBFactory, mustExist = false): Promise<BatchStore> => {
  if (!factory) throw new TypeError('no IndexedDB')
  const opening = factory.open(DATABASE, 1)
  opening.onupgradeneeded = () => {
    if (mustExist) opening.transaction?.abort()
    else opening.result.createObjectStore(TABLE, { keyPath: 'id' })
  }
  // Safari has been seen never to answer (https://bugs.webkit.org/show_bug.cgi?id=226547).
  const late = new Promise<never>((_, reject) => setTimeout(reject, OPEN_MS))
  const database = await Promise.race([settled(opening), late])
  // Another tab, or `forget()`, may want to delete the database.
  database.onversionchange = () => database.close()
  const table = (mode: IDBTransactionMode) => database.transaction(TABLE, mode).objectStore(TABLE)
  return {
    put: (batch) => committed(table('readwrite').put(batch)),
    delete: (id) => committed(table('readwrite').delete(id)),
    all: () => settled(table('readonly').getAll()),
    clear: () => committed(table('readwrite').clear()),
  }
}
