import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

export interface IngestRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  raw: Buffer
  /** Decompressed. */
  body: Buffer
}

/** OpenReplay's ingest service for tests: it holds the tracker to the published contract. */
export interface TestIngest {
  ingestPoint: string
  requests: IngestRequest[]
  /** What the tracker did that the server would refuse. */
  violations: string[]
  /** Answers a request instead of the usual, until it returns false. */
  behave: ((url: string, response: ServerResponse) => boolean) | undefined
  starts: () => Record<string, unknown>[]
  batches: () => IngestRequest[]
  stop: () => Promise<void>
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

const START_FIELDS: Record<string, string> = {
  projectKey: 'string',
  trackerVersion: 'string',
  timestamp: 'number',
  width: 'number',
  height: 'number',
  timezone: 'string',
}

export const startIngest = async (): Promise<TestIngest> => {
  const requests: IngestRequest[] = []
  const violations: string[] = []
  const token = 'ingest-token'
  const ingest: TestIngest = {
    ingestPoint: '',
    requests,
    violations,
    behave: undefined,
    starts: () =>
      requests
        .filter(({ url }) => url.includes('/v1/web/start'))
        .map(({ body }) => JSON.parse(body.toString())),
    batches: () => requests.filter(({ url }) => url.includes('/v1/web/i')),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-allow-headers', '*, authorization')
      if (method === 'OPTIONS') return response.writeHead(204).end()
      const raw = Buffer.concat(chunks)
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      requests.push({ method, url, headers, raw, body })
      if (ingest.behave?.(url, response)) return
      if (url.startsWith('/ingest/v1/web/start')) {
        const start = JSON.parse(body.toString())
        for (const [field, type] of Object.entries(START_FIELDS)) {
          if (typeof start[field] !== type) violations.push(`start.${field} is no ${type}`)
        }
        if (start.userUUID && !UUID.test(start.userUUID)) violations.push('start.userUUID is no UUID')
        response.setHeader('content-type', 'application/json')
        return response.end(
          JSON.stringify({
            token,
            userUUID: start.userUUID || 'd41d8cd9-0000-4000-8000-000000000000',
            sessionID: '1234567890',
            projectID: '1',
            delay: 0,
            startTimestamp: Date.now(),
            beaconSizeLimit: 1_000_000,
            compressionThreshold: 24_000,
            canvasEnabled: false,
            protocolVersion: 2,
          }),
        )
      }
      if (url.startsWith('/ingest/v1/web/i')) {
        if (headers.authorization !== `Bearer ${token}`)
          violations.push('batch without the token of its session')
        if (!/\?batch=\d+_\d+_\d+_k(yes|no)/.test(url)) violations.push(`batch without its number: ${url}`)
        if (!headers.datatype) violations.push('batch without a DataType')
        if (headers.datatype === 'visual' && !/&split=\d+/.test(url)) violations.push('split value is empty')
        return response.end()
      }
      if (url.startsWith('/ingest/v1/web/tags')) return response.end('{"tags":[]}')
      violations.push(`unknown request ${method} ${url}`)
      response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ingest.ingestPoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest`
  return ingest
}
