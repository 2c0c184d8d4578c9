import type { RequestListener } from 'node:http'
import type { Store } from '../store/openStore.ts'

export const createConsole = (_: {
  store: Store
  shopUrl: string
}): { listener: RequestListener; close(): Promise<void> } => ({
  listener: (_request, response) => response.end('soon'),
  close: async () => {},
})
