/** An answer of Umami's API. */
export interface UmamiAnswer {
  status: number
  body: unknown
}

/** Calls Umami's API. */
export type UmamiCall = (
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  token?: string,
) => Promise<UmamiAnswer>

const TIMEOUT_MS = 15_000

/** Umami at `baseUrl`; `headers` carry what the load balancer wants to see. */
export const umamiClient =
  (baseUrl: string, headers: Record<string, string>): UmamiCall =>
  async (method, path, body, token) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    let parsed: unknown = text
    try {
      parsed = JSON.parse(text)
    } catch {
      // Errors of the load balancer are HTML.
    }
    return { status: response.status, body: parsed }
  }
