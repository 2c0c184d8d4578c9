import { expect, it } from 'vitest'
import { scrubProperties } from './scrubProperties.ts'

it('masks by key and by value, flattens, and keeps what is harmless', () => {
  expect(
    scrubProperties({
      step: 2,
      paid: true,
      none: null,
      note: 'mail jane@example.com',
      password: 'hunter2',
      cart: { items: 3 },
    }),
  ).toEqual({
    step: 2,
    paid: true,
    none: null,
    note: 'mail [email]',
    password: '[password]',
    cart: '{"items":3}',
  })
})

it('drops what JSON or the contract does not know', () => {
  expect(scrubProperties({ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: undefined, e: 1 })).toEqual({
    e: 1,
  })
  for (const nothing of [undefined, null, 'text', 7, {}]) expect(scrubProperties(nothing)).toBeUndefined()
})

it('masks a key whole before it cuts it, so that no piece of an address is left', () => {
  for (let length = 30; length < 70; length++) {
    const scrubbed = scrubProperties({ [`${'k'.repeat(length)} jane@example.com`]: 1 }) ?? {}
    expect(Object.keys(scrubbed).join()).not.toMatch(/jane|example/)
  }
})

it('holds the limits', () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`key${index}`, 'v'.repeat(600)]))
  const scrubbed = scrubProperties({ [`long${'g'.repeat(99)}`]: 1, ...many }) ?? {}
  expect(Object.keys(scrubbed)).toHaveLength(50)
  expect(Object.keys(scrubbed)[0]).toHaveLength(64)
  expect(scrubbed.key0).toHaveLength(500)
})
