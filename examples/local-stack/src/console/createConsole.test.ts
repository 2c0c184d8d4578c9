import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startConsole } from '../testing/consoleServer.ts'
import { FINGERPRINT, SESSION_ID, seedStore } from '../testing/seedStore.ts'

type Console = Awaited<ReturnType<typeof startConsole>>
const LISTS = [
  '/',
  '/sessions',
  '/vitals',
  '/errors',
  '/metrics',
  '/wire',
  '/wire?kind=analytics',
  '/wire?kind=replay',
]

let filled: Console
let empty: Console
let envelope: number
beforeAll(async () => {
  filled = await startConsole()
  empty = await startConsole()
  seedStore(filled.store, Date.now())
  const [row] = await filled.store.query<{ seq: number }>('SELECT seq FROM envelopes')
  envelope = row?.seq ?? 0
})
afterAll(async () => {
  await filled.close()
  await empty.close()
})

const details = () => [
  `/sessions/${SESSION_ID}`,
  `/errors/${FINGERPRINT}`,
  `/wire/${envelope}`,
  `/wire/${envelope}?view=bytes`,
  `/wire?session=${SESSION_ID}`,
]
const page = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('every view', () => {
  it.each(LISTS)('%s renders over an empty store and says what to do', async (path) => {
    const { status, text } = await page(`${empty.url}${path}`)
    expect(status).toBe(200)
    expect(text).toContain('class="empty')
  })

  it('shows hostile data as text', async () => {
    for (const path of [...LISTS, ...details()]) {
      const { status, text } = await page(`${filled.url}${path}`)
      expect(status, path).toBe(200)
      expect(text, path).not.toContain('<script>alert')
      expect(text, path).not.toContain('<img')
      // One script only: the console's own.
      expect(text.match(/<script/g), path).toHaveLength(1)
      const attributes = text.match(/<[a-z][^>]*\son[a-z]+=/gi)
      expect(attributes, path).toBeNull()
    }
    const { text } = await page(`${filled.url}/errors/${FINGERPRINT}`)
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;')
  })

  it('has landmarks, one heading of the first rank and the current view marked', async () => {
    for (const path of [...LISTS, ...details()]) {
      const { text } = await page(`${filled.url}${path}`)
      expect(text.match(/<h1/g), path).toHaveLength(1)
      expect(text.match(/<main/g), path).toHaveLength(1)
      expect(text, path).toContain('<nav aria-label="Views">')
      expect(text.match(/aria-current="page"/g), path).toHaveLength(1)
      expect(text, path).toContain('<html lang="en">')
    }
  })

  it('allows nothing but its own script and style, by a nonce that is never the same', async () => {
    const [one, other] = await Promise.all([page(filled.url), page(filled.url)])
    const nonce = (policy: string | null) => /script-src 'nonce-([^']+)'/.exec(policy ?? '')?.[1]
    const policy = one.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(nonce(policy)).toHaveLength(24)
    expect(nonce(policy)).not.toBe(nonce(other.headers.get('content-security-policy')))
    expect(one.text).toContain(`nonce="${nonce(policy)}"`)
    expect(one.text).not.toMatch(/\sstyle="/)
  })
})

describe('a session', () => {
  it('joins page, API, log and metrics in one timeline', async () => {
    const { text } = await page(`${filled.url}/sessions/${SESSION_ID}`)
    const kinds = [...text.matchAll(/<li class="t-item (\w+)/g)].map(([, kind]) => kind)
    expect(new Set(kinds)).toEqual(
      new Set(['page', 'vital', 'error', 'api', 'log', 'metrics', 'envelope', 'analytics']),
    )
    expect(text).toContain('LCP 4.2 s')
    expect(text).toContain('Poor')
  })

  it('can be narrowed to its API', async () => {
    const { text } = await page(`${filled.url}/sessions/${SESSION_ID}?show=API`)
    const kinds = [...text.matchAll(/<li class="t-item (\w+)/g)].map(([, kind]) => kind)
    expect(new Set(kinds)).toEqual(new Set(['api', 'log', 'metrics']))
  })

  it('is counted in the list with its errors and worst vital', async () => {
    const { text } = await page(`${filled.url}/sessions`)
    expect(text).toContain('<span class="badge bad">3</span>')
    expect(text).toContain('<span class="badge bad">Poor</span>')
  })
})

it('gives an envelope byte for byte', async () => {
  const response = await fetch(`${filled.url}/wire/${envelope}/body`)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  const [row] = await filled.store.query<{ body: Uint8Array }>('SELECT body FROM envelopes')
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(row?.body ?? []))
})

it.each([
  '/nothing',
  '/sessions/unknown',
  '/errors/unknown',
  '/wire/1',
  '/wire/x',
  '/constructor',
  '/sessions/%zz',
  '/wire/1/body',
])('answers 404 at %s', async (path) => {
  expect((await page(`${filled.url}${path}`)).status).toBe(404)
})

it('refuses other methods and other names for this machine', async () => {
  expect((await fetch(filled.url, { method: 'POST' })).status).toBe(405)
  const { port } = new URL(filled.url)
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers: { host: `rebound.example:${port}` } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
})

it('serves its script and style from this machine', async () => {
  for (const [path, type] of [
    ['/assets/console.js', 'text/javascript'],
    ['/assets/console.css', 'text/css'],
    ['/assets/icon.svg', 'image/svg+xml'],
  ]) {
    const response = await fetch(`${filled.url}${path}`)
    expect(response.headers.get('content-type')).toContain(type)
    expect((await response.text()).length).toBeGreaterThan(100)
  }
})

it('tells open pages that something has arrived', async () => {
  const response = await fetch(`${empty.url}/live`)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let received = ''
  const reading = (async () => {
    while (!received.includes('event: change')) received += (await reader?.read())?.value ?? ''
  })()
  seedStore(empty.store, Date.now())
  await vi.waitFor(() => expect(received).toContain('event: change'), { timeout: 5_000 })
  await reading
  await reader?.cancel()
})
