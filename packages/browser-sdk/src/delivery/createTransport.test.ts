import type { DropReason } from '@acme/observe-schema/types'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Environment } from '../runtime/environment.ts'
import type { Batch } from './Batch.ts'
import { createDrops, type Drops } from './createDrops.ts'
import { createTransport, type Transport } from './createTransport.ts'
import { JOURNAL_PREFIX, journalKeys, MAX_JOURNAL_BATCHES } from './exitJournal.ts'

const batch = (id: string, bytes = 100): Batch => ({
  id,
  body: JSON.stringify({ batchId: id, events: [1, 2] }),
  bytes,
  count: 2,
})
const answer = (body: unknown, status = 202) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })

let drops: Drops
let post: ReturnType<typeof vi.fn<Environment['post']>>
let transport: Transport

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('indexedDB', new IDBFactory())
  drops = createDrops()
  post = vi.fn<Environment['post']>(async () => answer({ accepted: 2, rejected: [] }))
  transport = createTransport({
    endpoint: '/v1/events',
    environment: { now: () => Date.now(), storage: localStorage, post },
    storage: () => localStorage,
    drops,
    canOutlive: true,
  })
})

describe('a healthy collector', () => {
  it('confirms a batch', async () => {
    await transport.send(batch('a'))
    expect(post).toHaveBeenCalledExactlyOnceWith('/v1/events', batch('a').body, { keepalive: true })
    expect(transport.status()).toEqual({ collector: 'up', sent: 2, undelivered: 0 })
  })

  it('is believed about events that it rejects', async () => {
    post.mockResolvedValue(answer({ accepted: 1, rejected: [{ index: 0, issues: [] }] }))
    await transport.send(batch('a'))
    expect(drops.total).toEqual({ rejected: 1 } satisfies Partial<Record<DropReason, number>>)
    expect(transport.status().sent).toBe(1)
  })

  it('gets keepalive only within the budget that all requests share', async () => {
    post.mockReturnValue(new Promise(() => {}))
    void transport.send(batch('a', 40_000))
    void transport.send(batch('b', 30_000))
    expect(post.mock.calls.map(([, , init]) => init?.keepalive)).toEqual([true, false])
  })
})

describe('at exit', () => {
  it('keeps batches before it sends them, and lets go when they are confirmed', async () => {
    let confirm = (_: Response) => {}
    post.mockImplementation(() => {
      expect(journalKeys(localStorage)).toEqual([`${JOURNAL_PREFIX}a`])
      return new Promise((resolve) => {
        confirm = resolve
      })
    })
    transport.sendAtExit([batch('a')])
    expect(post).toHaveBeenCalledTimes(1)
    confirm(answer({ accepted: 2, rejected: [] }))
    await vi.waitFor(() => expect(journalKeys(localStorage)).toEqual([]))
  })

  it('keeps what was still in flight as well', () => {
    post.mockReturnValue(new Promise(() => {}))
    void transport.send(batch('a'))
    transport.sendAtExit([batch('b')])
    expect(journalKeys(localStorage).sort()).toEqual([`${JOURNAL_PREFIX}a`, `${JOURNAL_PREFIX}b`])
  })

  it.each([
    [true, () => {}],
    [false, () => localStorage.setItem('observe.down', '1')],
  ])('notes whether the collector was well: %s', (likely, before) => {
    before()
    post.mockReturnValue(new Promise(() => {}))
    transport.sendAtExit([batch('a')])
    expect(JSON.parse(localStorage.getItem(`${JOURNAL_PREFIX}a`) ?? '')).toMatchObject({ likely })
  })

  const entries = () =>
    journalKeys(localStorage).map(
      (key) => JSON.parse(localStorage.getItem(key) ?? '') as { body?: string; count: number },
    )

  it('takes no more room than it may, and notes how much there was no room for', () => {
    post.mockReturnValue(new Promise(() => {}))
    transport.sendAtExit(Array.from({ length: 30 }, (_, index) => batch(`b${index}`)))
    expect(entries().filter(({ body }) => body)).toHaveLength(MAX_JOURNAL_BATCHES)
    expect(entries().map(({ count }) => count)).toEqual(Array(30).fill(2))
    transport.sendAtExit([])
    expect(entries().filter(({ body }) => body)).toHaveLength(MAX_JOURNAL_BATCHES)
  })

  it('notes how much was lost where the application has filled the storage', () => {
    post.mockReturnValue(new Promise(() => {}))
    const full = new Proxy(localStorage, {
      get: (storage, name) =>
        name === 'setItem'
          ? (key: string, value: string) => {
              if (value.includes('events')) throw new DOMException('full', 'QuotaExceededError')
              storage.setItem(key, value)
            }
          : storage[name as keyof Storage].bind(storage),
    })
    createTransport({
      endpoint: '/v1/events',
      environment: { now: () => Date.now(), storage: full, post },
      storage: () => full,
      drops,
      canOutlive: true,
    }).sendAtExit([batch('a')])
    expect(entries()).toEqual([expect.not.objectContaining({ body: expect.anything() })])
  })

  it('forgets the note as well when the batch is confirmed', async () => {
    transport.sendAtExit(Array.from({ length: 12 }, (_, index) => batch(`b${index}`)))
    await vi.waitFor(() => expect(journalKeys(localStorage)).toEqual([]))
  })

  it('goes on where storage throws', () => {
    const refusing = {
      get length(): number {
        throw new Error('no')
      },
      getItem: () => {
        throw new Error('no')
      },
    }
    const odd = createTransport({
      endpoint: '/v1/events',
      environment: { now: () => 1, storage: undefined, post },
      storage: () => refusing as never,
      drops,
      canOutlive: true,
    })
    expect(() => odd.sendAtExit([batch('a')])).not.toThrow()
    expect(post).toHaveBeenCalledTimes(1)
  })
})

describe('in a browser without keepalive', () => {
  const old = (taken: boolean) => {
    const beacon = vi.fn(() => taken)
    const storage = () => localStorage
    const environment = { now: () => Date.now(), storage: localStorage, post }
    return {
      beacon,
      transport: createTransport({
        endpoint: '/v1/events',
        environment,
        storage,
        drops,
        canOutlive: false,
        beacon,
      }),
    }
  }

  it('a beacon carries the last batch, which is kept because nobody will tell what became of it', () => {
    const { beacon, transport } = old(true)
    transport.sendAtExit([batch('a')])
    expect(beacon).toHaveBeenCalledExactlyOnceWith('/v1/events', batch('a').body)
    expect(post).not.toHaveBeenCalled()
    expect(journalKeys(localStorage)).toEqual([`${JOURNAL_PREFIX}a`])
  })

  it('a beacon that is refused is replaced by a request', () => {
    old(false).transport.sendAtExit([batch('a')])
    expect(post).toHaveBeenCalledTimes(1)
  })
})

it('loses sight of no batch on its way to the disk', async () => {
  post.mockImplementation(async () => answer('', 503))
  const sending = transport.send(batch('a'))
  let isSending = true
  void sending.finally(() => {
    isSending = false
  })
  while (isSending) {
    expect(transport.status().undelivered).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(transport.status().undelivered).toBe(1)
})

it('counts a batch once that is in memory only', async () => {
  const inMemory = createTransport({
    endpoint: '/v1/events',
    environment: { now: () => Date.now(), storage: undefined, post },
    storage: () => undefined,
    drops,
    canOutlive: true,
  })
  post.mockImplementation(async () => answer('', 503))
  await inMemory.send(batch('a'))
  await inMemory.send(batch('b'))
  expect(inMemory.status().undelivered).toBe(2)
})

it.each([
  ['an HTML page', () => answer('<!doctype html>', 200)],
  ['JSON of something else', () => answer({ ok: true }, 200)],
  ['500', () => answer({ error: {} }, 500)],
])('takes %s for no confirmation', async (_, response) => {
  post.mockImplementation(async () => response())
  await transport.send(batch('a'))
  expect(transport.status()).toMatchObject({ collector: 'down', sent: 0 })
  expect(transport.status().undelivered).toBeGreaterThan(0)
})

it('does not keep a batch whose sender withdrew consent while it was on its way', async () => {
  let fail = (_: Response) => {}
  post.mockReturnValue(
    new Promise((resolve) => {
      fail = resolve
    }),
  )
  const sending = transport.send(batch('a'))
  await transport.forget()
  fail(answer('', 503))
  await sending
  expect(transport.status().undelivered).toBe(0)
  expect(drops.total).toEqual({ consent: 2 })
})
