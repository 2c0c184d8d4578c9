import fc from 'fast-check'
import { expect, it } from 'vitest'
import { templatePath } from './templatePath.ts'

it.each([
  ['/orders/7/items', '/orders/:id/items'],
  ['/orders/8f14e45f', '/orders/:id'],
  ['/orders/ord_8f14e45f', '/orders/:id'],
  ['/users/user_12345', '/users/:id'],
  ['/u/0190a5b2-1c3d-7e4f-8a5b-000000000001', '/u/:id'],
  ['/u/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/u/:id'],
  ['/u/cjld2cjxh0000qzrmn831i7rn', '/u/:id'],
  ['/reset/V1StGXR8_Z5jdHi6B-myT', '/reset/:token'],
  ['/confirm/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '/confirm/:token'],
  ['/users/jane@example.com', '/users/:email'],
  ['/users/jane%40example.com/edit', '/users/:email/edit'],
  ['/tel/+4930901820', '/tel/:phone'],
  ['/a/%E0%A4%A/42', '/a/%E0%A4%A/:id'],
  ['orders/42', 'orders/:id'],
])('%s', (path, template) => {
  expect(templatePath(path)).toBe(template)
})

it.each([
  '/',
  '',
  '/checkout',
  '/products/iphone-15-pro',
  '/blog/how-to-build-a-web-app-in-2024',
  '/covid-19/faq',
  '/docs/v1/getting-started',
  '/deadbeef/facade',
  '/assets/index-BdH3k2Lm.js',
  '/assets/IMG_20240115_123456.jpg',
  '/カート/größe',
  '/orders/:id',
  '/[slug]/page',
])('leaves %s alone', (path) => {
  expect(templatePath(path)).toBe(path)
})

it('changes nothing more the second time and never throws', () => {
  const segment = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.uuid(),
    fc.emailAddress(),
    fc.nat().map(String),
    fc.base64String(),
  )
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const template = templatePath(segments.join('/'))
      expect(templatePath(template)).toBe(template)
    }),
  )
})
