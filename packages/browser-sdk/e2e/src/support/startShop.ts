import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { promisify } from 'node:util'

export interface TestShop {
  origin: string
  stop: () => Promise<void>
}

const SHOP = join(import.meta.dirname, '../../../../../examples/web')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.html': 'text/html; charset=utf-8',
}
const PRODUCT = {
  slug: 'two-suns',
  title: 'Two suns',
  place: 'Nowhere',
  description: 'A print',
  priceCents: 6_800,
  sizeCm: '50 × 70',
}

const answer = (response: ServerResponse, body: unknown) => {
  const text = JSON.stringify(body)
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}

/** Hands a request on to another server, as a proxy on the shop's own origin does. */
const forward = (incoming: IncomingMessage, outgoing: ServerResponse, to: string) => {
  const { method = 'GET', headers } = incoming
  const onward = request(to, { method, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(outgoing)
  })
  onward.on('error', () => outgoing.writeHead(502).end())
  incoming.pipe(onward)
}

/**
 * The example shop, built for production and served with the paths that it expects on its own origin: an API that takes
 * every order, and what begins with one of `proxies` goes to the address there.
 */
export const startShop = async (proxies: Record<string, string>): Promise<TestShop> => {
  const folder = mkdtempSync(join(tmpdir(), 'observe-shop-'))
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  // In a process of its own: NODE_ENV=test would give it React's development build.
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: SHOP,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '/'
    const { pathname } = new URL(url, 'http://shop')
    const prefix = Object.keys(proxies).find((path) => pathname.startsWith(path))
    if (prefix) return forward(incoming, outgoing, proxies[prefix] + url.slice(prefix.length))
    if (pathname === '/api/products') return answer(outgoing, { products: [PRODUCT] })
    if (pathname.startsWith('/api/products/')) return answer(outgoing, PRODUCT)
    if (pathname === '/api/orders' && incoming.method === 'POST') {
      return answer(outgoing, {
        id: 'a1b2c3d4',
        placedAt: '2026-01-01T00:00:00Z',
        items: [],
        totalCents: 6_800,
      })
    }
    if (pathname.startsWith('/api/')) return answer(outgoing, { orders: [] })
    const file = join(folder, pathname)
    const found =
      extname(file) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : join(folder, 'index.html')
    outgoing.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' })
    outgoing.end(readFileSync(found))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      rmSync(folder, { recursive: true })
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
