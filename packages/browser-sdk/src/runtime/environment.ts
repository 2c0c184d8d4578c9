/** What the SDK takes from its surroundings. Everything that tests replace goes through here. */
export interface Environment {
  /** Epoch milliseconds. */
  now: () => number
  /**
   * Posts text, by the page's own `fetch` as it was when the SDK started: our requests bypass every later patch.
   * With `keepalive` the request outlives the page. Never throws; answers undefined where only a beacon can be sent.
   */
  post: (
    url: string,
    body: string,
    keepalive: boolean,
    headers?: Record<string, string>,
  ) => Promise<Response> | undefined
  /** `localStorage`, or undefined where the browser refuses it. */
  storage: Storage | undefined
}

const localStorageOrNone = (): Storage | undefined => {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** The real surroundings, with pristine references taken before anything is patched. */
export const createEnvironment = (): Environment => {
  const send = fetch.bind(window)
  const canOutlive = 'keepalive' in Request.prototype
  return {
    now: () => Date.now(),
    storage: localStorageOrNone(),
    post: (url, body, keepalive, headers = {}) => {
      // A beacon tells no outcome, carries cookies and the page's full address: only for browsers without keepalive.
      if (keepalive && !canOutlive && navigator.sendBeacon?.(url, body)) return
      // A string is sent as text/plain, which needs no preflight. Cookies would identify, and the full address of the
      // page would go along to a collector of the same origin.
      return send(url, {
        method: 'POST',
        body,
        keepalive,
        headers,
        credentials: 'omit',
        referrerPolicy: 'origin',
      })
    },
  }
}
