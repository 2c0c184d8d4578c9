import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Batch } from '../Batch.ts'
import { createDrops, type Drops } from '../createDrops.ts'
import type { Outcome } from '../createTransport.ts'
import { DOWN_KEY, JOURNAL_PREFIX, journalKeys, OUTBOX_KEY } from '../exitJournal.ts'
import { RECOGNISED_MS } from './adoptJournal.ts'
import { createOutbox, EXPIRE_MS, MAX_REFUSALS, MAX_STORED_BATCHES, type Outbox } from './createOutbox.ts'
import { openStore } from './openStore.ts'

const START = 1_750_000_000_000
const OK: Outcome = { accepted: true, status: 202, retryAfter: null }
const down = (status = 0, retryAfter: string | null = null): Outcome => ({
  accepted: false,
  status,
  retryAfter,
})
const batch = (
  id: string,
  events: object[] = [{ id: `${id}-1` }, { id: `${id}-2` }],
  dropped?: object,
): Batch => {
  const body = JSON.stringify({ batchId: id, ...(dropped && { dropped }), events })
  return { id, body, bytes: body.length, count: events.length }
}

let elapsed: number
let drops: Drops
let idb: IDBFactory
let settled: string[]
let held: string[]
let accepted: number
let post: ReturnType<typeof vi.fn<(batch: Batch) => Promise<Outcome>>>

const tab = (locks?: LockManager): Outbox =>
  createOutbox({
    post: async (sent) => {
      const outcome = await post(sent)
      if (outcome.accepted) accepted++
      return outcome
    },
    accepted: () => accepted,
    settle: ({ id }) => settled.push(id),
    hold: ({ id }) => held.push(id),
    storage: () => localStorage,
    drops,
    environment: { now: () => START + elapsed },
    random: () => 1,
    indexedDB: idb,
    locks,
  })
const stored = async () => (await (await openStore(idb)).all()).map(({ id }) => id)
/** Lets promises and IndexedDB settle, then the clock run. */
const pass = async (ms: number) => {
  elapsed += ms
  await vi.advanceTimersByTimeAsync(ms)
  for (let i = 0; i < 60; i++) await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  localStorage.clear()
  elapsed = 0
  settled = []
  held = []
  accepted = 0
  drops = createDrops()
  idb = new IDBFactory()
  post = vi.fn(async () => OK)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a batch that failed', () => {
  it('is stored, retried later and later, and delivered once', async () => {
    const outbox = tab()
    post.mockResolvedValue(down(503))
    await outbox.add(batch('a'), down())
    expect(await stored()).toEqual(['a'])
    expect(settled).toEqual(['a'])
    expect(outbox.isWaiting()).toBe(true)
    expect(localStorage.getItem(OUTBOX_KEY)).toBe('1')
    const attempts: number[] = []
    post.mockImplementation(async () => {
      attempts.push(elapsed)
      return attempts.length < 4 ? down(503) : OK
    })
    for (let second = 0; second < 30; second++) await pass(1_000)
    expect(attempts).toEqual([1_000, 3_000, 7_000, 15_000])
    expect(await stored()).toEqual([])
    expect(localStorage.getItem(OUTBOX_KEY)).toBeNull()
    expect(outbox.isWaiting()).toBe(false)
    expect(drops.total).toEqual({})
  })

  it('waits as long as the collector asks', async () => {
    const outbox = tab()
    await outbox.add(batch('a'), down(429, '30'))
    await pass(29_000)
    expect(post).not.toHaveBeenCalled()
    await pass(1_500)
    expect(post).toHaveBeenCalledTimes(1)
  })

  it.each([400, 403, 404, 415])(
    'is given up after %i, and counted with the losses that it told of',
    async (status) => {
      const outbox = tab()
      await outbox.add(batch('a', undefined, { 'rate-limit': 3 }), down(status))
      expect(await stored()).toEqual([])
      expect(drops.total).toEqual({ rejected: 2 })
      expect(drops.take()).toEqual({ rejected: 2, 'rate-limit': 3 })
    },
  )

  it('goes out in halves after 413, each under its own id', async () => {
    const outbox = tab()
    const bodies: { batchId: string; events: { id: string }[] }[] = []
    post.mockImplementation(async ({ body }) => {
      const envelope = JSON.parse(body)
      if (envelope.events.length > 2) return down(413)
      bodies.push(envelope)
      return OK
    })
    await outbox.add(
      batch(
        'a',
        [1, 2, 3, 4, 5, 6, 7].map((id) => ({ id: `${id}` })),
      ),
      down(413),
    )
    for (let i = 0; i < 6; i++) await pass(10)
    expect(bodies.flatMap(({ events }) => events.map(({ id }) => id)).sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ])
    expect(new Set(bodies.map(({ batchId }) => batchId)).size).toBe(bodies.length)
    expect(drops.total).toEqual({})
  })

  it('is given up when one event alone is too large', async () => {
    await tab().add(batch('a', [{ id: '1' }]), down(413))
    expect(drops.total).toEqual({ 'too-large': 1 })
  })

  it('expires after a day', async () => {
    const outbox = tab()
    await outbox.add(batch('a'), down(503, '90000'))
    elapsed += EXPIRE_MS + 1
    await tab().resume()
    await pass(0)
    expect(post).not.toHaveBeenCalled()
    expect(drops.total).toEqual({ expired: 2 })
  })
})

it('keeps the newest batches of a long outage', async () => {
  const outbox = tab()
  for (let index = 0; index < MAX_STORED_BATCHES + 3; index++) {
    await outbox.add(batch(`b${String(index).padStart(3, '0')}`), down(503, '900'))
  }
  expect(await stored()).toHaveLength(MAX_STORED_BATCHES)
  expect((await stored())[0]).toBe('b003')
  expect(drops.total).toEqual({ 'queue-full': 6 })
})

describe('the journal of ended pages', () => {
  const write = (id: string, age: number, likely: boolean) =>
    localStorage.setItem(JOURNAL_PREFIX + id, JSON.stringify({ ...batch(id), at: START - age, likely }))

  it('is delivered under the ids that its batches had', async () => {
    write('a', 10_000, false)
    write('b', 10_000, true)
    await tab().resume()
    expect(post.mock.calls.map(([{ id }]) => id).sort()).toEqual(['a', 'b'])
    expect(journalKeys(localStorage)).toEqual([])
  })

  it('leaves a batch alone whose page may still hear of it', async () => {
    write('a', 100, false)
    await tab().resume()
    expect(post).not.toHaveBeenCalled()
    await pass(3_000)
    expect(post).toHaveBeenCalledTimes(1)
  })

  it('does not send again what has most likely arrived, once the collector could not recognise it', async () => {
    write('likely', RECOGNISED_MS + 1, true)
    write('unlikely', RECOGNISED_MS + 1, false)
    await tab().resume()
    expect(post.mock.calls.map(([{ id }]) => id)).toEqual(['unlikely'])
    expect(journalKeys(localStorage)).toEqual([])
  })

  it.each([
    [4_000, false, true],
    [RECOGNISED_MS + 1, false, false],
    [RECOGNISED_MS + 1, true, true],
  ])(
    'takes over the bare envelope of a page that ended %i ms ago, early (collector down: %s): %s',
    async (age, isDown, isSent) => {
      if (isDown) localStorage.setItem(DOWN_KEY, '1')
      const envelope = { batchId: 'early', sentAt: START - age, events: [{ id: '1' }, { id: '€' }] }
      localStorage.setItem(`${JOURNAL_PREFIX}early`, JSON.stringify(envelope))
      await tab().resume()
      expect(journalKeys(localStorage)).toEqual([])
      const body = JSON.stringify(envelope)
      if (!isSent) return expect(post).not.toHaveBeenCalled()
      expect(post.mock.calls).toEqual([
        [expect.objectContaining({ id: 'early', count: 2, body, bytes: body.length + 2 })],
      ])
    },
  )

  it('throws away what it cannot read, and counts it', async () => {
    localStorage.setItem(`${JOURNAL_PREFIX}x`, '{broken')
    await tab().resume()
    expect(journalKeys(localStorage)).toEqual([])
    expect(post).not.toHaveBeenCalled()
    expect(drops.total).toEqual({ 'storage-failed': 1 })
  })

  it('tells of batches that there was no room for, unless they have most likely arrived', async () => {
    for (const likely of [true, false]) {
      const entry = { id: `${likely}`, count: 7, at: START - 4_000, likely }
      localStorage.setItem(`${JOURNAL_PREFIX}${likely}`, JSON.stringify(entry))
    }
    await tab().resume()
    expect(drops.total).toEqual({ 'storage-failed': 7 })
    expect(journalKeys(localStorage)).toEqual([])
  })
})

it('is emptied by one tab at a time', async () => {
  let held = false
  const locks = {
    request: async (_: string, __: object, work: (lock: object | null) => Promise<void>) => {
      if (held) return work(null)
      held = true
      try {
        await work({})
      } finally {
        held = false
      }
    },
  } as never
  for (const id of ['a', 'b', 'c']) await (await openStore(idb)).put({ ...batch(id), at: START })
  await Promise.all([tab(locks).resume(), tab(locks).resume()])
  await pass(0)
  expect(post.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b', 'c'])
})

it.each([
  [
    'does not open',
    () =>
      vi.spyOn(idb, 'open').mockImplementation(() => {
        throw new DOMException('no', 'SecurityError')
      }),
  ],
  [
    'is full',
    () =>
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('full', 'QuotaExceededError')
      }),
  ],
  [
    'aborts',
    () => {
      const { put } = IDBObjectStore.prototype
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
        const request = put.call(this, value)
        request.addEventListener('success', () => request.transaction?.abort())
        return request
      })
    },
  ],
])(
  'loses nothing where IndexedDB %s: the batch is retried from memory and left to the journal',
  async (_, break_) => {
    await (await openStore(idb)).put({ ...batch('before'), at: START })
    break_()
    const outbox = tab()
    post.mockResolvedValueOnce(down(503))
    await outbox.add(batch('a'), down())
    await outbox.add(batch('b', Array(4).fill({ id: 'x' })), down(413))
    expect(outbox.ids()).toHaveLength(outbox.ids().includes('before') ? 4 : 3)
    expect(held.length).toBe(3)
    expect(settled).not.toContain('a')
    for (let second = 0; second < 10; second++) await pass(1_000)
    expect(settled).toEqual(expect.arrayContaining(['a', ...held]))
    expect(outbox.ids()).toEqual([])
    const delivered = post.mock.calls.map(([{ id }]) => id)
    expect(delivered).toEqual(expect.arrayContaining(held))
    expect(drops.total).toEqual({})
  },
)

it('uses the disk again when the browser closed the database meanwhile', async () => {
  const outbox = tab()
  await outbox.add(batch('a'), down(503, '60'))
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('closed', 'InvalidStateError')
  })
  await outbox.add(batch('b'), down(503, '60'))
  expect(held).toEqual(['b'])
  await outbox.add(batch('c'), down(503, '60'))
  expect(await stored()).toEqual(['a', 'c'])
  expect([...outbox.ids()]).toEqual(['a', 'b', 'c'])
})

describe('a batch that the collector refuses again and again', () => {
  const refusing = (status: number) => {
    const times: number[] = []
    post.mockImplementation(async ({ id }) => {
      if (id !== 'a') return OK
      times.push(elapsed)
      return down(status)
    })
    return times
  }

  it.each([429, 500])(
    'by %i keeps none behind it from passing, and is given up and counted',
    async (status) => {
      const outbox = tab()
      const times = refusing(status)
      for (const id of ['b', 'c']) await (await openStore(idb)).put({ ...batch(id), at: START })
      await outbox.add(batch('a', undefined, { 'rate-limit': 3 }), down(status))
      await pass(1_000)
      expect(post.mock.calls.map(([{ id }]) => id)).toEqual(['b', 'c', 'a'])
      for (let second = 0; second < 400; second++) {
        // Others keep coming, and none has to wait.
        expect(outbox.isWaiting()).toBe(false)
        if (second % 5 === 0) accepted++
        await pass(1_000)
      }
      expect(times).toHaveLength(MAX_REFUSALS)
      const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0))
      expect(pauses.map((ms, index) => ms >= Math.min(60_000, 1_000 * 2 ** index))).not.toContain(false)
      expect(drops.total).toEqual({ 'send-failed': 2 })
      expect(drops.take()).toEqual({ 'send-failed': 2, 'rate-limit': 3 })
      expect(await stored()).toEqual([])
    },
  )

  it('is kept as long as nothing else passes: the collector may be down', async () => {
    const outbox = tab()
    const times = refusing(503)
    await outbox.add(batch('a'), down(503))
    for (let second = 0; second < 3_000; second += 10) await pass(10_000)
    expect(times.length).toBeGreaterThan(20)
    expect(outbox.isWaiting()).toBe(true)
    expect(drops.total).toEqual({})
    post.mockImplementation(async () => OK)
    for (let second = 0; second < 7; second++) await pass(10_000)
    expect(await stored()).toEqual([])
  })

  it('pauses all when the collector says how long', async () => {
    const outbox = tab()
    post.mockImplementation(async ({ id }) => (id === 'a' ? down(429, '30') : OK))
    await outbox.add(batch('a'), down(429, '30'))
    await pass(31_000)
    accepted++
    await pass(31_000)
    expect(outbox.isWaiting()).toBe(true)
  })
})

it('forgets everything', async () => {
  localStorage.setItem(`${JOURNAL_PREFIX}x`, '{}')
  const outbox = tab()
  await outbox.add(batch('a'), down())
  await outbox.clear()
  await pass(120_000)
  expect(await stored()).toEqual([])
  expect(journalKeys(localStorage)).toEqual([])
  expect(post).not.toHaveBeenCalled()
})

describe('when consent is refused', () => {
  let isAllowed: boolean
  const outboxOfVisitor = () =>
    createOutbox({
      post,
      accepted: () => 0,
      settle: () => {},
      hold: () => {},
      storage: () => (isAllowed ? localStorage : undefined),
      drops,
      environment: { now: () => START + elapsed },
      random: () => 1,
      indexedDB: idb,
      locks: undefined,
    })
  beforeEach(() => {
    isAllowed = true
  })

  it('nothing stays on disk, though storing is forbidden from that moment on', async () => {
    const outbox = outboxOfVisitor()
    await outbox.add(batch('a'), down(503))
    const clearing = outbox.clear()
    isAllowed = false
    await clearing
    expect(await stored()).toEqual([])
  })

  it('an earlier visit is forgotten as well', async () => {
    await (await openStore(idb)).put({ ...batch('a'), at: START })
    isAllowed = false
    await outboxOfVisitor().clear()
    expect(await stored()).toEqual([])
  })

  it('no database is created in order to empty it', async () => {
    isAllowed = false
    await outboxOfVisitor().clear()
    expect(await idb.databases()).toEqual([])
  })

  it('a batch on its way is not kept again', async () => {
    const outbox = outboxOfVisitor()
    await outbox.add(batch('a'), down(503))
    let fail = (_: Outcome) => {}
    post.mockReturnValue(
      new Promise((resolve) => {
        fail = resolve
      }),
    )
    await pass(1_000)
    expect(post).toHaveBeenCalledTimes(1)
    const clearing = outbox.clear()
    isAllowed = false
    await clearing
    fail(down(503))
    await pass(120_000)
    isAllowed = true
    await pass(120_000)
    expect(post).toHaveBeenCalledTimes(1)
    expect(outbox.ids()).toEqual([])
    expect(await stored()).toEqual([])
  })
})
