import { attempt } from '../runtime/guard.ts'

/** A finished request of the page. Status 0 means that no answer was readable. */
export interface RequestReport {
  method: string
  /** Absolute, not masked. */
  url: string
  status: number
  durationMs: number
}

export interface RequestDependencies {
  now: () => number
  /** Other places than the page's own origin that may get the headers. */
  propagateTo: readonly (string | RegExp)[]
  /** Headers for one request; empty while nothing may be sent. */
  headers: () => Record<string, string>
  report: (request: RequestReport) => void
}

/**
 * Adds the correlation headers to `fetch` and `XMLHttpRequest` where allowed and reports each request when it ends.
 * A header that the application set itself stays. Returns what stops it.
 */
export const observeRequests = ({ now, propagateTo, headers, report }: RequestDependencies): (() => void) => {
  const start = (method: string, address: string | URL) => {
    const url = new URL(address, document.baseURI)
    const begunAt = now()
    const isAllowed =
      url.origin === location.origin ||
      propagateTo.some((to) => (typeof to === 'string' ? url.href.startsWith(to) : to.test(url.href)))
    return {
      headers: isAllowed ? headers() : {},
      end: (status: number) => {
        attempt(() =>
          report({
            method: method.toUpperCase(),
            url: url.href,
            status,
            durationMs: now() - begunAt,
          }),
        )
      },
    }
  }
  type Started = ReturnType<typeof start>

  const originalFetch = window.fetch
  const patchedFetch: typeof fetch = function (this: unknown, ...values) {
    const [input, init] = values
    const request = attempt(() => {
      const asked = input instanceof Request ? input : undefined
      const started = start(init?.method ?? asked?.method ?? 'GET', asked?.url ?? (input as string))
      const merged = new Headers(init?.headers ?? asked?.headers)
      for (const [name, value] of Object.entries(started.headers)) {
        if (merged.has(name)) continue
        merged.set(name, value)
        values[1] = { ...init, headers: merged }
      }
      return started
    })
    const answer = originalFetch.apply(this ?? window, values)
    answer.then(
      (response) => request?.end(response.status),
      () => request?.end(0),
    )
    return answer
  }
  window.fetch = patchedFetch

  const { prototype } = XMLHttpRequest
  const { open, send, setRequestHeader } = prototype
  const requests = new WeakMap<XMLHttpRequest, Started>()
  const patchedOpen = function (this: XMLHttpRequest, ...values: unknown[]) {
    attempt(() => requests.set(this, start(values[0] as string, values[1] as string)))
    return open.apply(this, values as never)
  } as typeof open
  const patchedSetHeader: typeof setRequestHeader = function (this: XMLHttpRequest, name, value) {
    delete requests.get(this)?.headers[name.toLowerCase()]
    return setRequestHeader.call(this, name, value)
  }
  const patchedSend: typeof send = function (this: XMLHttpRequest, body) {
    attempt(() => {
      const request = requests.get(this)
      if (!request) return
      for (const [name, value] of Object.entries(request.headers)) setRequestHeader.call(this, name, value)
      this.addEventListener('loadend', () => request.end(this.status), { once: true })
    })
    return send.call(this, body)
  }
  prototype.open = patchedOpen
  prototype.send = patchedSend
  prototype.setRequestHeader = patchedSetHeader

  return () => {
    if (window.fetch === patchedFetch) window.fetch = originalFetch
    if (prototype.open === patchedOpen) prototype.open = open
    if (prototype.send === patchedSend) prototype.send = send
    if (prototype.setRequestHeader === patchedSetHeader) prototype.setRequestHeader = setRequestHeader
  }
}
