import { describe, expect, it } from 'vitest'
import { parseStack } from './parseStack.ts'

describe('parseStack', () => {
  it('reads Chromium', () => {
    const stack = `TypeError: x
    at pay (https://shop.example/assets/index-BZ8f14e4.js?v=secret:12:34)
    at async Cart.submit [as onSubmit] (https://shop.example/assets/cart.js:1:2)
    at https://shop.example/assets/vendor.js:3:4
    at new Order (webpack-internal:///./src/order.js:5:6)
    at eval (eval at run (https://shop.example/assets/app.js:7:8), <anonymous>:1:1)
    at Array.map (<anonymous>)`
    expect(parseStack(stack)).toEqual([
      { function: 'pay', file: 'https://shop.example/assets/index-BZ8f14e4.js', line: 12, column: 34 },
      {
        function: 'Cart.submit [as onSubmit]',
        file: 'https://shop.example/assets/cart.js',
        line: 1,
        column: 2,
      },
      { file: 'https://shop.example/assets/vendor.js', line: 3, column: 4 },
      { function: 'new Order', file: 'webpack-internal:///./src/order.js', line: 5, column: 6 },
      { function: 'eval', file: 'https://shop.example/assets/app.js', line: 1, column: 1 },
    ])
  })

  it('reads Firefox', () => {
    const stack = `pay@https://shop.example/assets/index.js:12:34
Cart/submit/<@https://shop.example/assets/cart.js:1:2
@https://shop.example/assets/vendor.js:3:4
run@https://shop.example/assets/app.js line 7 > eval:1:1`
    expect(parseStack(stack)).toEqual([
      { function: 'pay', file: 'https://shop.example/assets/index.js', line: 12, column: 34 },
      { function: 'Cart/submit/<', file: 'https://shop.example/assets/cart.js', line: 1, column: 2 },
      { file: 'https://shop.example/assets/vendor.js', line: 3, column: 4 },
      { function: 'run', file: 'https://shop.example/assets/app.js', line: 1, column: 1 },
    ])
  })

  it('reads Safari', () => {
    const stack = `pay@https://shop.example/assets/index.js:12:34
global code@https://shop.example/assets/app.js:9
[native code]
promiseReactionJob@[native code]`
    expect(parseStack(stack)).toEqual([
      { function: 'pay', file: 'https://shop.example/assets/index.js', line: 12, column: 34 },
      { function: 'global code', file: 'https://shop.example/assets/app.js', line: 9 },
    ])
  })

  it('sanitizes the address of a page with an inline script, and keeps that of a script', () => {
    expect(
      parseStack('    at f (https://shop.example/users/jane@example.com/4711?q=jane:1:2)')[0]?.file,
    ).toBe('https://shop.example/users/:email/:id')
  })

  it('holds its limit, and leaves nonsense alone', () => {
    expect(parseStack(Array(500).fill('    at f (https://a.example/a.js:1:1)').join('\n'))).toHaveLength(50)
    expect(parseStack('')).toEqual([])
    expect(parseStack('mail jane@example.com:25')).toEqual([])
    expect(parseStack('x'.repeat(5_000_000))).toEqual([])
  })
})
