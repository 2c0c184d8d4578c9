import { Sha256 } from '@aws-crypto/sha256-js'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'

/** A request to an AWS service's own HTTP interface. */
export interface SignedRequest {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string>
  body?: string | Buffer
  headers?: Record<string, string>
  timeoutMs?: number
}

/** Sends a request signed for one service. */
export type SignedFetch = (request: SignedRequest) => Promise<Response>

/** Signs with the function's role for `service` at `baseUrl`. */
export const signedFetch = (baseUrl: string, service: string, region: string): SignedFetch => {
  const url = new URL(baseUrl)
  const signer = new SignatureV4({ service, region, credentials: defaultProvider(), sha256: Sha256 })
  return async ({ method, path, query = {}, body, headers = {}, timeoutMs = 30_000 }) => {
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path,
      query,
      headers: { host: url.host, ...headers },
      ...(body !== undefined && { body }),
    })
    const { host: _host, ...sent } = signed.headers
    const search = new URLSearchParams(query).toString()
    return fetch(`${url.origin}${path}${search && `?${search}`}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(timeoutMs),
    })
  }
}
