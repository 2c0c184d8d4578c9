import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { openStore } from './openStore.ts'

const batch = { id: 'a', body: '{}', bytes: 2, count: 1, at: 0 }

it('takes a batch for stored only when its transaction is committed', async () => {
  const store = await openStore(new IDBFactory() as never)
  const put = IDBObjectStore.prototype.put
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore, value) {
    const request = put.call(this, value)
    // As when the page ends between the two.
    request.addEventListener('success', () => request.transaction?.abort())
    return request
  })
  await expect(store.put(batch)).rejects.toBeNull()
  expect(await store.all()).toEqual([])

  await store.put(batch)
  expect(await store.all()).toEqual([batch])
})
