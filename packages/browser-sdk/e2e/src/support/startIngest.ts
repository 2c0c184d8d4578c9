import { createServer, type IncomingMessage } from 'node:http'
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
  starts: () => Record<string, unknown>[]
  batches: () => IngestRequest[]
  stop: () => Promise<void>
}

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
      if (url.startsWith('/ingest/v1/web/start')) {
        const start = JSON.parse(body.toString())
        for (const [field, type] of Object.entries(START_FIELDS)) {
          if (typeof start[field] !== type) violations.push(`start.${field} is no ${type}`)
        }
        response.setHeader('content-type', 'application/json')
        return response.end(
          JSON.stringify({
            token,
            userUUID: 'd41d8cd9-0000-4000-8000-000000000000',
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
  return {
    ingestPoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest`,
    requests,
    violations,
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
}
