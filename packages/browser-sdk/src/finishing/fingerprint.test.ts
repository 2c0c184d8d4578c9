import { expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

const frame = (file: string, name = 'pay', line = 1) => ({ function: name, file, line })
const at = (message: string, file = 'https://a.example/assets/index-BZ8f14e4.js', name = 'pay', line = 1) =>
  fingerprint('TypeError', message, [frame(file, name, line)])

it('is sixteen hex digits', () => {
  expect(at('x')).toMatch(/^[\da-f]{16}$/)
  expect(fingerprint('Error', '')).toMatch(/^[\da-f]{16}$/)
})

it.each([
  ['numbers', 'order 17 failed', 'order 4711 failed'],
  ['quoted values', `cannot read "foo"`, `cannot read "bar"`],
  ['ids', 'no 8f14e45f-ea2b-4c3d-9a2e-1b2c3d4e5f60', 'no 1b2c3d4e-ea2b-4c3d-9a2e-8f14e45f0000'],
])('is blind to %s', (_, one, two) => {
  expect(at(one)).toBe(at(two))
})

it('outlives a release', () => {
  expect(at('x', 'https://a.example/assets/index-BZ8f14e4.js', 'pay', 10)).toBe(
    at('x', 'https://a.example/assets/index-Q9z8y7x6.js', 'pay', 99),
  )
})

it('tells errors apart by name, message, function and file', () => {
  const all = [
    at('x'),
    at('y'),
    at('x', 'https://a.example/b.js'),
    at('x', undefined, 'ship'),
    fingerprint('Error', 'x'),
  ]
  expect(new Set(all).size).toBe(all.length)
})

it('spreads: 20 000 messages, no collision', () => {
  const words = Array.from({ length: 20_000 }, (_, index) =>
    [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join(''),
  )
  expect(new Set(words.map((word) => fingerprint('Error', word))).size).toBe(words.length)
})
