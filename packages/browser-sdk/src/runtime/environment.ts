import { attempt } from './guard.ts'

/** What the SDK takes from its surroundings. Everything that tests replace goes through here. */
export interface Environment {
  /** Epoch milliseconds. */
  now: () => number
  /** The page's own, as it was when the SDK started. */
  fetch: typeof fetch
  /**
   * Posts text, by the page's own `fetch` as it was when the SDK started: our requests bypass every later patch.
   */
  post: (url: string, body: string, init?: RequestInit) => Promise<Response>
  /** `localStorage`, or undefined where the browser refuses it. */
  storage: Storage | undefined
}

/** The real surroundings, with pristine references taken before anything is patched. */
export const createEnvironment = (): Environment => {
  const send = fetch.bind(window)
  return {
    fetch: send,
    now: () => Date.now(),
    get storage() {
      // Reading it throws where the browser refuses it, and the first time it asks another process.
      return attempt(() => localStorage)
    },
    // A string is sent as text/plain, which needs no preflight. Cookies would identify the visitor, and the full address of
    // the page would go along to a collector of the same origin.
    // A patched `fetch` may throw or return no promise.
    post: async (url, body, init) =>
      send(url, { method: 'POST', body, credentials: 'omit', referrerPolicy: 'origin', ...init }),
  }
}
