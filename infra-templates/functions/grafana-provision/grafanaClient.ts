import { setTimeout as sleep } from 'node:timers/promises'

/** An answer of Grafana's HTTP API. */
export interface GrafanaAnswer {
  status: number
  body: unknown
}

/** Calls Grafana's HTTP API. Statuses in `allowed` are returned, other failures thrown. */
export type GrafanaCall = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  allowed?: readonly number[],
) => Promise<GrafanaAnswer>

/** A fresh workspace answers 5xx for a while after it is ACTIVE. */
const ATTEMPTS = 6

/** Grafana at `baseUrl` with a service-account token. `retryMs` is the first wait after a 5xx or a broken connection. */
export const grafanaClient =
  (baseUrl: string, token: string, retryMs: number): GrafanaCall =>
  async (method, path, body, allowed = []) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      }).catch((error: Error) => error)
      if (response instanceof Response) {
        const text = await response.text()
        const parsed: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text
        if (response.ok || allowed.includes(response.status)) return { status: response.status, body: parsed }
        if (response.status < 500) {
          throw new Error(`Grafana refused ${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
        }
        if (attempt === ATTEMPTS) {
          throw new Error(`Grafana failed at ${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
        }
      } else if (attempt === ATTEMPTS) {
        throw new Error(`Grafana did not answer ${method} ${path}: ${response.message}`)
      }
      await sleep(retryMs * 2 ** (attempt - 1))
    }
  }
