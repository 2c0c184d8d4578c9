import { attempt } from '../runtime/guard.ts'
import { patch } from '../runtime/patch.ts'

/** A finished request of the page. Status 0 means that no answer came. */
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
  propagateTo: readonly (string | RegExp)[] | undefined
  /** Headers for one request; empty while nothing may be sent. */
  headers: () => Record<string, string>
  /** Never throws. */
  report: (request: RequestReport) => void
}

/**
 * Adds the correlation headers to `fetch` and `XMLHttpRequest` where allowed and reports each request when it ends.
 * A header that the application set itself stays. Returns what stops it.
 */
export const observeRequests = ({
  now,
  propagateTo = [],
  headers,
  report,
}: RequestDependencies): (() => void)[] => {
  const start = (method: string, address: string | URL) => {
    const { href, origin } = new URL(address, document.baseURI)
    const begunAt = now()
    const isAllowed =
      origin === location.origin ||
      propagateTo.some((to) =>
        typeof to === 'string'
          ? // Not `https://api.example.com.evil.example` for `https://api.example.com`.
            href.startsWith(to) && /^.?([/?#]|$)/.test(href.slice(to.length - 1))
          : // Unlike `test`, this does not go on from where a global pattern last matched.
            href.search(to) + 1,
      )
    return {
      headers: isAllowed ? headers() : {},
      end: (status: number) =>
        report({ method: method.toUpperCase(), url: href, status, durationMs: now() - begunAt }),
    }
  }
  type Started = ReturnType<typeof start>

  const requests = new WeakMap<XMLHttpRequest, Started>()
  const before = <Name extends 'open' | 'setRequestHeader' | 'send' | 'abort'>(
    name: Name,
    work: (request: XMLHttpRequest, values: Parameters<XMLHttpRequest[Name]>) => void,
  ) =>
    patch(
      XMLHttpRequest.prototype as unknown as Record<Name, (...values: never) => unknown>,
      name,
      (original) =>
        function (this: XMLHttpRequest, ...values) {
          attempt(() => work(this, values))
          return original.apply(this, values)
        },
    )

  return [
    patch(
      window,
      'fetch',
      (original) =>
        function (this: unknown, ...values) {
          const [input, init] = values
          const request = attempt(() => {
            // An address has none of these.
            const { method = 'GET', url = input as string, headers } = input as Request
            const started = start(init?.method ?? method, url)
            const merged = new Headers(init?.headers ?? headers)
            for (const name in started.headers) {
              if (merged.has(name)) continue
              merged.set(name, started.headers[name] as string)
              values[1] = { ...init, headers: merged }
            }
            return started
          })
          const answer = original.apply(this ?? window, values)
          // What others made of `fetch` may answer anything.
          const settle = async () => {
            const { status } = await answer
            // 0 where the page asked for an answer that it cannot read.
            if (status) request?.end(status)
          }
          // What the application broke off itself did not fail.
          settle().catch((error) => error?.name === 'AbortError' || request?.end(0))
          return answer
        },
    ),
    before('open', (request, [method, address]) => {
      requests.set(request, start(method, address))
    }),
    before('setRequestHeader', (request, [name]) => {
      // A header set twice would go out with both values.
      delete requests.get(request)?.headers[name.toLowerCase()]
    }),
    before('send', (request) => {
      const started = requests.get(request)
      for (const name in started?.headers) request.setRequestHeader(name, started.headers[name] as string)
      request.addEventListener(
        'loadend',
        // The application may have broken it off, or opened the next one.
        () => requests.get(request) === started && started?.end(request.status),
        { once: true },
      )
    }),
    before('abort', (request) => requests.delete(request)),
  ]
}
