import { expect, it } from 'vitest'
import { randomHex, uuidv7 } from './ids.ts'

it('makes version 7 UUIDs that sort by time', () => {
  const [early, late] = [uuidv7(1_700_000_000_000), uuidv7(1_700_000_000_001)]
  expect(early).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(early < late).toBe(true)
  expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000)
})

it('never repeats itself', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(1))).size).toBe(1_000)
  expect(randomHex(32)).toMatch(/^[\da-f]{32}$/)
})
