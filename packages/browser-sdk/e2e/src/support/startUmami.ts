import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface UmamiRequest {
  headers: IncomingMessage['headers']
  raw: string
  type: string
  payload: Record<string, unknown> & {
    url: string
    id: string
    title: string
    referrer: string
    name?: string
  }
}

/** Umami's `/api/send` for tests, as strict as version 3.1 about types and lengths. */
export interface TestUmami {
  host: string
  requests: UmamiRequest[]
  preflights: number
  violations: string[]
  stop: () => Promise<void>
}

const LENGTHS = {
  website: 36,
  hostname: 100,
  language: 35,
  screen: 11,
  url: 500,
  title: 500,
  referrer: 500,
  id: 50,
  name: 50,
  tag: 50,
}
const KEYS = [...Object.keys(LENGTHS), 'data']

/** What the tracker script does that matters here: it reads its attributes at once and sends what it is told. */
const SCRIPT = `(() => {
  const { websiteId, hostUrl, autoTrack } = document.currentScript.dataset
  if (autoTrack !== 'false') throw new Error('automatic page views are on')
  const send = (type, payload) => fetch(hostUrl + '/api/send', { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type, payload }) })
  window.umami = { track: (payload) => send('event', payload), identify: (id, data) => send('identify', { website: websiteId, hostname: location.hostname, url: location.pathname, id, data }) }
})()`

export const startUmami = async (): Promise<TestUmami> => {
  const requests: UmamiRequest[] = []
  const violations: string[] = []
  const umami: TestUmami = { host: '', requests, violations, preflights: 0, stop: async () => {} }
  const check = (type: string, payload: Record<string, unknown>) => {
    if (!['event', 'identify'].includes(type)) violations.push(`type ${type}`)
    for (const key of ['website', 'hostname', 'url'] as const)
      if (!payload[key]) violations.push(`${key} is missing`)
    for (const [key, value] of Object.entries(payload)) {
      if (!KEYS.includes(key)) violations.push(`unknown ${key}`)
      const length = LENGTHS[key as keyof typeof LENGTHS]
      if (length && (typeof value !== 'string' || value.length > length))
        violations.push(`${key} is no text of ${length}`)
    }
    const data = Object.values(payload.data ?? {})
    if (data.length > 50 || data.some((value) => typeof value === 'string' && value.length > 500))
      violations.push('data')
  }
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') {
      umami.preflights++
      return response.writeHead(204).end()
    }
    if (request.url === '/script.js') return response.setHeader('content-type', 'text/javascript').end(SCRIPT)
    if (request.url !== '/api/send') return response.writeHead(404).end()
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      const { type, payload } = JSON.parse(raw)
      check(type, payload)
      const token = request.headers['x-umami-cache']
      if (token && token !== `token of ${payload.id}`) violations.push('the token of another session')
      requests.push({ headers: request.headers, raw, type, payload })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ cache: `token of ${payload.id}`, sessionId: 's', visitId: 'v' }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  umami.host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  umami.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return umami
}
