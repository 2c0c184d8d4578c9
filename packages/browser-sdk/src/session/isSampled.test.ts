import { expect, it } from 'vitest'
import { uuidv7 } from '../runtime/ids.ts'
import { isSampled } from './isSampled.ts'

it('takes none, all, or about the share asked for, always the same for a session', () => {
  const ids = Array.from({ length: 4_000 }, () => uuidv7(1))
  const share = (rate: number) => ids.filter((id) => isSampled(id, rate)).length / ids.length
  expect(share(0)).toBe(0)
  expect(share(1)).toBe(1)
  expect(share(0.25)).toBeGreaterThan(0.2)
  expect(share(0.25)).toBeLessThan(0.3)
  expect(isSampled('x-00000000', 0.1)).toBe(true)
  expect(isSampled('x-ffffffff', 0.99)).toBe(false)
})
