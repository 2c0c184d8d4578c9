import { Window } from 'happy-dom'
import { expect, it } from 'vitest'
import { FIELD_SELECTORS } from './fieldSelectors.ts'

const { document } = new Window()
const matches = (html: string): boolean => {
  document.body.innerHTML = html
  return FIELD_SELECTORS.some((selector) => document.body.querySelector(selector))
}

it.each(FIELD_SELECTORS)('%s is valid', (selector) => {
  expect(() => document.querySelector(selector)).not.toThrow()
})

it.each([
  '<input type="password">',
  '<input type="email">',
  '<input type="tel">',
  '<input autocomplete="section-a billing cc-number">',
  '<textarea name="billing-email"></textarea>',
  '<input id="customerFirstName">',
  '<select name="birth_date"></select>',
])('match %s', (html) => {
  expect(matches(html)).toBe(true)
})

it.each([
  '<input name="quantity">',
  '<input name="product-name">',
  '<input name="hostname">',
  '<input type="search" name="q">',
  '<input autocomplete="cc-type">',
  '<input autocomplete="off">',
  '<div id="email-banner"></div>',
])('leave %s alone', (html) => {
  expect(matches(html)).toBe(false)
})
