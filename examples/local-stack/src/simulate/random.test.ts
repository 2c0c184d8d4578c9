import { describe, expect, it } from 'vitest'
import { createRandom, uuidV7 } from './random.ts'

const draw = <T>(count: number, of: () => T): T[] => Array.from({ length: count }, of)

describe('createRandom', () => {
  it('draws the same from the same seed, and other numbers from another', () => {
    const [one, same, other] = [createRandom(7), createRandom(7), createRandom(8)]
    const numbers = draw(50, one.next)
    expect(draw(50, same.next)).toEqual(numbers)
    expect(draw(50, other.next)).not.toEqual(numbers)
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  })

  it('draws log-normal values around their median, with a long tail', () => {
    const random = createRandom(1)
    const values = draw(4000, () => random.logNormal(100, 0.5)).sort((one, other) => one - other)
    expect(values[2000]).toBeGreaterThan(95)
    expect(values[2000]).toBeLessThan(105)
    expect(values[3800]).toBeGreaterThan(200)
  })

  it('draws exponential times with their mean', () => {
    const random = createRandom(1)
    const mean = draw(4000, () => random.exponential(50)).reduce((sum, value) => sum + value, 0) / 4000
    expect(mean).toBeGreaterThan(46)
    expect(mean).toBeLessThan(54)
  })

  it('keeps to weights and bounds', () => {
    const random = createRandom(1)
    const heavy = draw(2000, () =>
      random.weighted([
        [9, 'a'],
        [1, 'b'],
      ]),
    ).filter((item) => item === 'a').length
    expect(heavy / 2000).toBeCloseTo(0.9, 1)
    expect(new Set(draw(200, () => random.integer(2, 4)))).toEqual(new Set([2, 3, 4]))
  })
})

it('makes UUIDs of version 7 that sort by time', () => {
  const random = createRandom(1)
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((at) => uuidV7(random, at))
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(ids.toSorted()).toEqual(ids)
})
