import { expect, it } from 'vitest'
import { passesLuhn, passesMod97 } from './checksums.ts'

// Test numbers of the card networks' own documentation, and of the IBAN registry.
it.each([
  '4111111111111111',
  '5555555555554444',
  '378282246310005',
  '6011111111111117',
  '30569309025904',
  '0',
])('Luhn passes %s', (digits) => {
  expect(passesLuhn(digits)).toBe(true)
  expect(passesLuhn(`${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`)).toBe(false)
})

it.each([
  'DE89370400440532013000',
  'GB82WEST12345698765432',
  'FR1420041010050500013M02606',
  'mt84malt011000012345mtlcast001s',
])('MOD 97-10 passes %s', (iban) => {
  expect(passesMod97(iban)).toBe(true)
  expect(passesMod97(iban.replace(/\d/, (digit) => `${(Number(digit) + 1) % 10}`))).toBe(false)
})
