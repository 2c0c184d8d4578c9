import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startShopServer } from '../testing/shopServer.ts'

let folder: string
let shop: Awaited<ReturnType<typeof startShopServer>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'observe-site-'))
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
  await writeFile(join(folder, 'dist', 'index.html'), '<h1>shop</h1>')
  await writeFile(join(folder, 'dist', 'assets', 'app-1.js'), 'run()')
  shop = await startShopServer(join(folder, 'dist'))
})
afterAll(async () => {
  await shop.close()
  await rm(folder, { recursive: true })
})

/** fetch() resolves `..` by itself; this sends a path as it is. */
const rawGet = (path: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port } = new URL(shop.url)
    request({ host: '127.0.0.1', port, path }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })

it('serves a file with its type and lets hashed names be cached for good', async () => {
  const response = await fetch(`${shop.url}/assets/app-1.js`)
  expect(response.headers.get('content-type')).toContain('text/javascript')
  expect(response.headers.get('cache-control')).toContain('immutable')
  expect(await response.text()).toBe('run()')
})

it.each(['/', '/products/lamp', '/cart?from=mail'])(
  'serves the page at %s, never cached unasked',
  async (path) => {
    const response = await fetch(`${shop.url}${path}`)
    expect(await response.text()).toBe('<h1>shop</h1>')
    expect(response.headers.get('cache-control')).toBe('no-cache')
  },
)

it('does not take a missing file for a route of the page', async () => {
  expect((await fetch(`${shop.url}/assets/missing.js`)).status).toBe(404)
})

it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/%00', '/%zz'])(
  'stays inside its folder at %s',
  async (path) => {
    expect((await rawGet(path)).text).not.toContain('secret')
  },
)

it('answers 404 as JSON for an API path nobody serves', async () => {
  const response = await fetch(`${shop.url}/api/nothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ message: 'Not Found' })
})
