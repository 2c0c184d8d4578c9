import { expect, it } from 'vitest'
import { parseRetryAfter, retryDelay } from './retryDelay.ts'

const NOW = Date.UTC(2026, 0, 1)

it.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['9999999999', 86_400_000],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('reads Retry-After: %s', (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms)
})

it('doubles up to a minute, at random by half', () => {
  expect([1, 2, 3, 7, 20].map((failures) => retryDelay(failures, undefined, () => 1))).toEqual([
    1_000, 2_000, 4_000, 60_000, 60_000,
  ])
  expect(retryDelay(1, undefined, () => 0)).toBe(500)
  expect(retryDelay(1, 30_000, () => 0)).toBe(30_000)
})
