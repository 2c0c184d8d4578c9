import type { ServerResponse } from 'node:http'
import type { Store } from '../store/openStore.ts'

/** At most one update in this time, however much arrives. */
const EVERY_MS = 700
/** A comment now and then keeps proxies from cutting a silent stream. */
const HEARTBEAT_MS = 20_000

/** Tells open pages by server-sent events that something has arrived. */
export const createLiveUpdates = (store: Store) => {
  const open = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | undefined
  const send = (text: string) => {
    for (const response of open) response.write(text)
  }
  const stopListening = store.onChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      send('event: change\ndata: \n\n')
    }, EVERY_MS)
  })
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    add(response: ServerResponse) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 2000\n\n')
      open.add(response)
      response.on('close', () => open.delete(response))
    },
    close() {
      stopListening()
      clearTimeout(timer)
      clearInterval(heartbeat)
      for (const response of open) response.end()
    },
  }
}
