import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BuildOptions, build } from 'esbuild'
import { slimTracker } from '../../../build/slimTracker.ts'
import { slimVitals } from '../../../build/slimVitals.ts'

export interface TestSite {
  origin: string
  /** Headers of every request that was no file. */
  requests: { url: string; method: string; headers: Record<string, unknown> }[]
  stop: () => Promise<void>
}

export interface SiteOptions {
  /** Source of the page's module. `OPTIONS` stands for the options object. */
  script: string
  options: object
  /** Body of every page. */
  html?: string
  headers?: Record<string, string>
  build?: BuildOptions
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Serves one page under every path, with a module bundled from the package's sources. */
export const startSite = async ({
  script,
  options,
  html = '',
  headers = {},
  ...rest
}: SiteOptions): Promise<TestSite> => {
  const { outputFiles = [] } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'tsx' },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/assets',
    write: false,
    sourcemap: false,
    target: 'es2022',
    conditions: ['@acme/source'],
    define: { OPTIONS: JSON.stringify(options), 'process.env.NODE_ENV': '"production"' },
    jsx: 'automatic',
    logLevel: 'error',
    plugins: [slimTracker(), slimVitals()],
    ...rest.build,
  })
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]))
  const requests: TestSite['requests'] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site')
    const file = files.get(url.pathname)
    if (file) return response.setHeader('content-type', 'text/javascript').end(file)
    requests.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    // Keeps the page from ever being loaded.
    if (url.searchParams.has('hang')) return
    if (url.pathname.startsWith('/api/')) {
      // With a length: the tracker does not report answers in chunks.
      return response
        .writeHead(Number(url.searchParams.get('status') ?? 200), { 'content-length': 2 })
        .end('{}')
    }
    if (url.pathname === '/shoes.png') return response.setHeader('content-type', 'image/png').end(PIXEL)
    if (/\.(png|js|ico)$/.test(url.pathname)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(
      `<!doctype html><html lang="en"><head><title>Test</title></head><body><h1 id="title">Test page</h1>
       <button id="pay" class="primary">Pay for jane@example.com</button>${html}
       <script type="module" src="/assets/stdin.js"></script></body></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
