import { attempt } from '../runtime/guard.ts'
import { patch } from '../runtime/patch.ts'

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

  const requests = new WeakMap<XMLHttpRequest, Started>()
  const { prototype } = XMLHttpRequest

  const stops = [
    patch(
      window,
      'fetch',
      (original) =>
        function (this: unknown, ...values) {
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
          const answer = original.apply(this ?? window, values)
          answer.then(
            (response) => request?.end(response.status),
            () => request?.end(0),
          )
          return answer
        },
    ),
    patch(
      prototype,
      'open',
      (original) =>
        function (this: XMLHttpRequest, ...values: unknown[]) {
          attempt(() => requests.set(this, start(values[0] as string, values[1] as string)))
          return original.apply(this, values as never)
        },
    ),
    patch(
      prototype,
      'setRequestHeader',
      (original) =>
        function (this: XMLHttpRequest, ...values) {
          // A header set twice would go out with both values.
          attempt(() => delete requests.get(this)?.headers[values[0].toLowerCase()])
          return original.apply(this, values)
        },
    ),
    patch(
      prototype,
      'send',
      (original) =>
        function (this: XMLHttpRequest, ...values) {
          attempt(() => {
            const { headers = {}, end } = requests.get(this) ?? {}
            for (const [name, value] of Object.entries(headers)) this.setRequestHeader(name, value)
            this.addEventListener('loadend', () => end?.(this.status), { once: true })
          })
          return original.apply(this, values)
        },
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
