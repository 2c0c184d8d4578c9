import { createServer } from 'node:http'
import { createConsole } from '../console/createConsole.ts'
import { listen } from '../http/listen.ts'
import { openStore, type Store } from '../store/openStore.ts'

/** A console over a fresh store. */
export const startConsole = async (): Promise<{ url: string; store: Store; close(): Promise<void> }> => {
  const store = await openStore()
  const console = await createConsole({ store, shopUrl: 'http://127.0.0.1:1' })
  const { port, close } = await listen(createServer(console.listener), 0)
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    async close() {
      await console.close()
      await close()
      await store.close()
    },
  }
}
