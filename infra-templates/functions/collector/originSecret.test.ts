import { describe, expect, it, vi } from 'vitest'
import { originCheck } from './originSecret.ts'

const MINUTE = 60_000

const setUp = (values: string[]) => {
  const clock = { now: 1_790_000_000_000 }
  const read = vi.fn(async () => values)
  return { clock, read, values, isOurs: originCheck(read, () => clock.now) }
}

describe('originCheck', () => {
  it('lets in what carries the value, and nothing else', async () => {
    const { isOurs } = setUp(['current', ''])
    expect(await isOurs('current')).toBe(true)
    for (const given of ['', 'curren', 'currenT', 'current ']) expect(await isOurs(given), given).toBe(false)
  })

  it('reads once for five minutes of requests', async () => {
    const { isOurs, read, clock } = setUp(['current', ''])
    for (let count = 0; count < 100; count += 1) {
      clock.now += 2_900
      await isOurs('current')
    }
    expect(read).toHaveBeenCalledTimes(1)
    clock.now += MINUTE
    await isOurs('current')
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('survives a rotation: the old value until CloudFront has the new one, the new one at once', async () => {
    const { isOurs, values, clock } = setUp(['one', ''])
    expect(await isOurs('one')).toBe(true)
    values.splice(0, 2, 'two', 'one')
    clock.now += 31_000
    expect(await isOurs('two')).toBe(true)
    expect(await isOurs('one')).toBe(true)
    values.splice(0, 2, 'three', 'two')
    clock.now += 6 * MINUTE
    expect(await isOurs('one')).toBe(false)
  })

  it('does not ask Secrets Manager once for each request of an attacker', async () => {
    const { isOurs, read, clock } = setUp(['current', ''])
    for (let count = 0; count < 1_000; count += 1) {
      clock.now += 30
      expect(await isOurs('guess')).toBe(false)
    }
    expect(read.mock.calls.length).toBeLessThanOrEqual(2)
  })

  it('goes on with what it knows when Secrets Manager does not answer', async () => {
    const { isOurs, read, clock } = setUp(['current', ''])
    await isOurs('current')
    read.mockRejectedValue(new Error('timed out'))
    clock.now += 10 * MINUTE
    expect(await isOurs('current')).toBe(true)
    expect(await isOurs('guess')).toBe(false)
  })

  it('neither lets in nor refuses for good when it never got an answer', async () => {
    const { isOurs, read } = setUp(['current', ''])
    read.mockRejectedValueOnce(new Error('timed out'))
    await expect(isOurs('current')).rejects.toThrow('timed out')
    expect(await isOurs('current')).toBe(true)
  })
})
