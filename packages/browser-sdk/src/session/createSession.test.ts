import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createSession, SESSION_IDLE_MS, SESSION_KEY, SESSION_MAX_MS } from './createSession.ts'

const DAY = 86_400_000
let at = 0
const tab = (storage: () => Storage | undefined = () => localStorage) =>
  createSession({ now: () => at, storage })

beforeEach(() => {
  localStorage.clear()
  at = 1_750_000_000_000
})

describe('a session', () => {
  it('lasts while there is activity and ends after half an hour without', () => {
    const { touch } = tab()
    const first = touch()
    at += SESSION_IDLE_MS - 1
    expect(touch().id).toBe(first.id)
    at += SESSION_IDLE_MS - 1
    expect(touch().id).toBe(first.id)
    at += SESSION_IDLE_MS
    const second = touch()
    expect(second.id).not.toBe(first.id)
    expect(second.startedAt).toBe(at)
    expect(touch().id).toBe(second.id)
  })

  it('ends at 24 hours however busy', () => {
    const { touch } = tab()
    const first = touch()
    for (const end = at + SESSION_MAX_MS - 60_000; at < end; at += 600_000) expect(touch().id).toBe(first.id)
    at = first.startedAt + SESSION_MAX_MS
    expect(touch().id).not.toBe(first.id)
  })

  it('does not come back after its end', () => {
    const { touch, end } = tab()
    const { id } = touch()
    end()
    expect(touch().id).not.toBe(id)
  })

  it('is shared by the tabs of an origin', () => {
    const [one, two] = [tab(), tab()]
    const { id } = one.touch()
    expect(two.touch().id).toBe(id)
    at += SESSION_IDLE_MS * 2
    const next = two.touch().id
    expect(one.touch().id).toBe(next)
  })

  it.each([
    ['back', -DAY * 3],
    ['forward', DAY * 3],
  ])('survives a clock set %s by three days', (_, jump) => {
    const { touch } = tab()
    const { id } = touch()
    at += jump
    const after = touch()
    expect(after.id).not.toBe(id)
    at += 1_000
    expect(touch().id).toBe(after.id)
  })

  it.each([
    [
      'refuses every access',
      () => {
        throw new Error('denied')
      },
    ],
    ['is not there', () => undefined],
  ])('goes on in memory when storage %s', (_, storage) => {
    const { touch } = tab(storage as () => undefined)
    expect(touch().id).toBe(touch().id)
  })

  it('goes on when writing fails', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    const { touch } = tab(() => full as never)
    expect(touch().id).toBe(touch().id)
  })

  it.each(['', 'null', '{}', '{"id":"<script>","startedAt":1,"seenAt":1}', 'not json'])(
    'does not trust %j in storage',
    (text) => {
      localStorage.setItem(SESSION_KEY, text)
      expect(tab().touch().id).toMatch(/^[\da-f-]{36}$/)
    },
  )

  it('writes activity rarely', () => {
    const setItem = vi.fn((key: string, value: string) => localStorage.setItem(key, value))
    const { touch } = tab(() => ({ getItem: (key: string) => localStorage.getItem(key), setItem }) as never)
    for (let i = 0; i < 100; i++) {
      at += 10
      touch()
    }
    expect(setItem).toHaveBeenCalledTimes(1)
  })

  it('begins anew when it was ended and its trace is gone', () => {
    const { touch, end } = tab()
    const { id } = touch()
    localStorage.clear()
    end()
    expect(touch().id).not.toBe(id)
  })

  it('is stored as soon as storing is allowed', () => {
    let allowed: Storage | undefined
    const { touch } = tab(() => allowed)
    const { id } = touch()
    expect(localStorage.getItem(SESSION_KEY)).toBeNull()
    allowed = localStorage
    expect(touch().id).toBe(id)
    expect(JSON.parse(localStorage.getItem(SESSION_KEY) ?? '').id).toBe(id)
  })
})
