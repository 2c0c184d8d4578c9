import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseEnvelope } from './parseEnvelope.ts'

const header = JSON.parse(readFileSync(new URL('../golden/v1/minimal.json', import.meta.url), 'utf8'))

const pathOf = (key: string): string | undefined => {
  const event = { id: 'e', at: 1, page: { path: '/' }, type: 'custom', name: 'n', properties: { [key]: {} } }
  const result = parseEnvelope({ ...header, events: [event] })
  return result.ok ? result.rejected[0]?.issues[0]?.path : undefined
}

it('names the field that is wrong', () => {
  expect(pathOf('cart.size')).toBe('properties.cart.size')
})

it.each([
  ['jane@example.com', 'properties.[email]'],
  // The cut would leave `jane@exam`.
  [`${'x '.repeat(39)} jane@example.com`, `properties.${'x '.repeat(39)} [email]`],
  ['y'.repeat(200), `properties.${'y'.repeat(89)}`],
])('masks a key that is personal, before it is cut: %s', (key, path) => {
  expect(pathOf(key)).toBe(path)
})
