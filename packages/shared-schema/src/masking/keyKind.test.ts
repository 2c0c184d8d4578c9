import { expect, it, vi } from 'vitest'
import { keyKind } from './keyKind.ts'
import * as words from './wordsKind.ts'

vi.mock('./wordsKind.ts', async (load) => {
  const actual = await load<typeof words>()
  return { ...actual, wordsKind: vi.fn(actual.wordsKind) }
})

it('applies the rules once to a key, also after keys without end have come', () => {
  for (let index = 0; index < 5_000; index++) keyKind(`invented${index}`)
  expect(keyKind('password')).toBe('password')
  vi.mocked(words.wordsKind).mockClear()
  expect(keyKind('password')).toBe('password')
  expect(words.wordsKind).not.toHaveBeenCalled()
})

it('takes a name for a person’s, and a town for an address, by what they stand under', () => {
  expect(keyKind('name', 'customer')).toBe('name')
  expect(keyKind('name', 'billingAddress')).toBe('name')
  expect(keyKind('name', 'product')).toBeUndefined()
  expect(keyKind('City', 'address')).toBe('address')
  expect(keyKind('state', 'machine')).toBeUndefined()
  expect(keyKind('address', 'customer')).toBe('address')
  expect(keyKind('address', 'server')).toBeUndefined()
  expect(keyKind('cell', 'guests')).toBe('phone')
  expect(keyKind('cell', 'table')).toBeUndefined()
})
