import { createServer } from 'node:http'
import { listen } from '../http/listen.ts'
import { createHttpApi } from '../http-api/httpApi.ts'
import { createShop } from '../shop/createShop.ts'
import { openStore, type Store } from '../store/openStore.ts'

/** A shop origin without functions, over a fresh store. */
export const startShopServer = async (
  siteFolder = '/nowhere',
): Promise<{ url: string; store: Store; close(): Promise<void> }> => {
  const store = await openStore()
  const server = createServer(
    createShop({ siteFolder, httpApi: createHttpApi([]), store, isCollector: () => false }),
  )
  const { port, close } = await listen(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    async close() {
      await close()
      await store.close()
    },
  }
}
