import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Serves a built single-page app: its files, and `index.html` for every path that names no file. */
export const createStaticSite = (folder: string) => {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    }
    const path = safePath(folder, request.url ?? '/')
    const file = path && (await isFile(path)) ? path : undefined
    if (!file && path && extname(path) !== '') return notFound(response)
    const served = file ?? join(folder, 'index.html')
    const size = await stat(served).then(
      (stats) => stats.size,
      () => undefined,
    )
    if (size === undefined) return notFound(response)
    response.writeHead(200, {
      'content-type': TYPES[extname(served)] ?? 'application/octet-stream',
      'content-length': size,
      // Vite puts a hash into the names under assets/.
      'cache-control': served.includes(`${sep}assets${sep}`)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    if (request.method === 'HEAD') return void response.end()
    await pipeline(createReadStream(served), response).catch(() => response.destroy())
  }
}

const notFound = (response: ServerResponse): void =>
  void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found')

/** The file a URL names, never one outside the folder. */
const safePath = (folder: string, url: string): string | undefined => {
  try {
    const path = normalize(join(folder, decodeURIComponent(url.split('?')[0] ?? '/')))
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : undefined
  } catch {
    return undefined
  }
}

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
