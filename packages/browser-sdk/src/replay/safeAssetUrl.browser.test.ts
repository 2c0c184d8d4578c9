import { describe, expect, it } from 'vitest'
import { safeAssetUrl, safeCss } from './safeAssetUrl.ts'

const BASE = 'https://shop.example/a/b'
const css = (text: string) => safeCss(text, BASE)

it('makes an address absolute and drops its query and fragment', () => {
  expect(safeAssetUrl('x.png?user=jane#y', BASE)).toBe('https://shop.example/a/x.png')
  expect(safeAssetUrl('data:image/png;base64,AA', BASE)).toBe('data:image/png;base64,AA')
  expect(safeAssetUrl('/of/jane@example.com.png', BASE)).toBe('')
})

describe('safeCss', () => {
  it.each([
    [`a{b:url( 'x.png?t=1' )}`, `a{b:url('https://shop.example/a/x.png')}`],
    ['a{b:url(x.png?t=1)}', 'a{b:url(https://shop.example/a/x.png)}'],
    ['a{b:url(#shape)}', 'a{b:url(#shape)}'],
    ['@import url("/c.css?token=s3cr3t") screen;', '@import url("https://shop.example/c.css") screen;'],
    ['@import "https://f.example/c.css?token=s3cr3t"; a{}', '@import "https://f.example/c.css"; a{}'],
    [
      `@IMPORT/* why */'c.css?token=s3cr3t' layer(x);`,
      `@IMPORT/* why */'https://shop.example/a/c.css' layer(x);`,
    ],
    [
      `a{b:image-set("x.png?t=1" 1x, 'y.png?t=2' 2x)}`,
      `a{b:image-set("https://shop.example/a/x.png" 1x, 'https://shop.example/a/y.png' 2x)}`,
    ],
    [
      'a{b:-webkit-image-set("(x.png?t=1" type("image/png"), url("y.png?t=2") type( "image/avif"));c:"d?"}',
      'a{b:-webkit-image-set("https://shop.example/a/(x.png" type("image/png"), url("https://shop.example/a/y.png") type( "image/avif"));c:"d?"}',
    ],
    [
      'a{b:image-set("data:image/png;base64,AA" 1x, "x.png?t=1" 2x)}',
      'a{b:image-set("data:image/png;base64,AA" 1x, "https://shop.example/a/x.png" 2x)}',
    ],
    [String.raw`a{b:url("x.png\3f token=s3cr3t")}`, 'a{b:url("")}'],
    [String.raw`@import "c.css\"?token=s3cr3t";`, '@import "";'],
    ['a{b:url("x.png?to\\\nken=s3cr3t")}', 'a{b:url("")}'],
    [`a::before{content:"what? 'x'"} [href="/x?y"]{}`, `a::before{content:"what? 'x'"} [href="/x?y"]{}`],
  ])('%s becomes %s', (text, safe) => {
    expect(css(text)).toBe(safe)
  })
})
