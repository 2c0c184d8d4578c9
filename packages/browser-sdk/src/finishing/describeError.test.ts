import { describe, expect, it } from 'vitest'
import { describeError } from './describeError.ts'

const throwing = () => {
  throw new Error('hands off')
}

describe('describeError', () => {
  it('tells name, masked message, frames and a stack written from the frames alone', () => {
    const error = new TypeError('cannot mail jane@example.com')
    error.stack = `TypeError: cannot mail jane@example.com\n    at jane@example.com\n    at send (https://shop.example/app.js:1:2)`
    expect(describeError(error)).toEqual({
      name: 'TypeError',
      message: 'cannot mail [email]',
      frames: [{ function: 'send', file: 'https://shop.example/app.js', line: 1, column: 2 }],
      stack: 'TypeError: cannot mail [email]\n    at send (https://shop.example/app.js:1:2)',
    })
  })

  it('does not mistake lines of the message for frames', () => {
    const message = 'bad row\n    at Jane Doe (https://people.example/jane:1:2)'
    const error = new Error(message)
    error.stack = `Error: ${message}\n    at f (https://shop.example/app.js:1:2)`
    expect(describeError(error).frames).toHaveLength(1)
  })

  it('follows causes to the limit and out of circles', () => {
    const chain = (depth: number): Error =>
      new Error(`level ${depth}`, depth ? { cause: chain(depth - 1) } : {})
    expect(describeError(chain(9)).causes?.map(({ message }) => message)).toEqual(
      [8, 7, 6, 5, 4].map((n) => `level ${n}`),
    )
    const circle = new Error('a')
    circle.cause = new Error('b', { cause: circle })
    expect(describeError(circle).causes).toHaveLength(1)
    expect(describeError(new Error('x', { cause: 'text' })).causes).toEqual([
      { name: 'NonError', message: 'text' },
    ])
  })

  it.each([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a string', 'out of stock for jane@example.com', 'out of stock for [email]'],
    ['a number', 404, '404'],
    ['an object', { code: 7, customer: 'Jane Doe' }, 'Object with keys: code, customer'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['an object without a prototype', Object.create(null), 'Object with keys: '],
  ])('describes %s', (_, thrown, message) => {
    expect(describeError(thrown)).toEqual({ name: 'NonError', message })
  })

  it('survives whatever is thrown', () => {
    const proxy = new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing })
    expect(describeError(proxy)).toEqual({ name: 'NonError', message: 'a value that cannot be read' })
    const getters = Object.defineProperties(
      {},
      { message: { get: throwing }, stack: { get: throwing }, cause: { get: throwing } },
    )
    expect(describeError(getters).name).toBe('NonError')
    expect(
      describeError({
        message: 'm',
        get name() {
          return throwing()
        },
        get stack() {
          return throwing()
        },
      }),
    ).toEqual({ name: 'Error', message: 'm' })
    expect(describeError(Object.freeze(new Error('frozen'))).message).toBe('frozen')
    expect(describeError({ message: 'm', name: proxy })).toBeDefined()
  })

  it('cuts a message of 5 MB before it costs anything', () => {
    const start = performance.now()
    const { message, stack = '' } = describeError(new Error('4111 1111 1111 1111 '.repeat(250_000)))
    expect(message.length).toBeLessThanOrEqual(1_000)
    expect(stack.length).toBeLessThanOrEqual(8_000)
    expect(message).not.toContain('4111')
    expect(performance.now() - start).toBeLessThan(500)
  })
})
