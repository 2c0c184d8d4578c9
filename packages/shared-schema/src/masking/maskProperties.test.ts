import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskProperties } from './maskProperties.ts'

describe('keys', () => {
  it.each([
    ['password', 'hunter2', '[password]'],
    ['newPassword', 1234, '[password]'],
    ['authorization', 'x', '[token]'],
    ['Set-Cookie', 'sid=1', '[token]'],
    ['x-api-key', 'k', '[token]'],
    ['email', 'not an address', '[email]'],
    ['ssn', 123456789, '[ssn]'],
    ['phoneNumber', 5551234567n, '[phone]'],
    ['firstName', 'Jane', '[name]'],
    ['authorization', 12345, '[token]'],
    ['apiKey', 12345n, '[token]'],
    ['cookie', { sid: [7] }, { sid: ['[token]'] }],
    ['token', 42, 42],
    ['tokens', 120, 120],
    ['maxTokens', 5, 5],
    ['max_token', 5n, '5'],
    ['cookies', 3, 3],
    ['cookies', { sid: 3 }, { sid: '[token]' }],
    ['name', 'TypeError', 'TypeError'],
    ['address', 'db:5432', 'db:5432'],
    ['sessionId', '0190a5b2-1c3d-7e4f-8a5b-000000000001', '0190a5b2-1c3d-7e4f-8a5b-000000000001'],
    ['inputTokens', 812, 812],
    ['hostname', 'a', 'a'],
    ['email', null, null],
    ['emailVerified', true, true],
    ['email', true, true],
    ['email', '', ''],
  ])('%s: %o', (key, value, masked) => {
    expect(maskProperties({ [key]: value })).toEqual({ [key]: masked })
  })

  it('of a personal container masks all that is in it', () => {
    expect(
      maskProperties({
        cookies: { sid: 'abc', list: ['d'] },
        headers: { Authorization: 'Basic x', Accept: '*/*' },
      }),
    ).toEqual({
      cookies: { sid: '[token]', list: ['[token]'] },
      headers: { Authorization: '[token]', Accept: '*/*' },
    })
  })

  it('mean a person where a person stands above them, and nothing else anywhere else', () => {
    const address = { street: 'Quay 1', city: 'Sandwick', postalCode: 'ZE2' }
    expect(maskProperties({ customer: { name: 'Zelda Q', plan: 'pro', city: 'Sandwick', address } })).toEqual(
      {
        customer: {
          name: '[name]',
          plan: 'pro',
          city: '[address]',
          address: { street: '[address]', city: '[address]', postalCode: '[address]' },
        },
      },
    )
    expect(maskProperties({ shippingAddress: { name: 'Zelda Q', city: 'Sandwick' } })).toEqual({
      shippingAddress: { name: '[address]', city: '[address]' },
    })
    expect(maskProperties({ guests: [{ name: 'Zelda Q' }] })).toEqual({ guests: [{ name: '[name]' }] })
    const infrastructure = {
      error: { name: 'TypeError' },
      product: { name: 'Ferry' },
      server: { address: '::1' },
    }
    expect(maskProperties(infrastructure)).toEqual(infrastructure)
  })

  it('that are personal themselves are masked too', () => {
    expect(maskProperties({ 'jane@example.com': 1 })).toEqual({ '[email]': 1 })
  })
})

describe('values', () => {
  class Point {
    x = 1
    toJSON(): never {
      throw new Error('must not be called')
    }
  }

  it.each([
    ['text', 'of jane@example.com', 'of [email]'],
    ['date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['invalid date', new Date(Number.NaN), null],
    ['URL', new URL('https://x.example/of?by=jane@example.com'), 'https://x.example/of?by=[email]'],
    ['URL under a personal key', { password: new URL('https://x.example/') }, { password: '[password]' }],
    ['date under a personal key', { birthday: new Date(0) }, { birthday: '[birth-date]' }],
    [
      'map',
      new Map<unknown, unknown>([
        ['token', 'abc'],
        [1, 'a@b.co'],
      ]),
      { token: '[token]', 1: '[email]' },
    ],
    ['set', new Set(['a@b.co', 1]), ['[email]', 1]],
    ['bytes', new Uint8Array(4), '[binary: 4 bytes]'],
    ['bigint', 10n, '10'],
    ['symbol', Symbol('a@b.co'), 'Symbol([email])'],
    ['function', () => 1, '[function]'],
    ['regular expression', /a@b.co/, '/[email]/'],
    ['instance', new Point(), { x: 1 }],
    ['null prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['undefined', undefined, undefined],
    ['number', Number.NaN, Number.NaN],
    ['number that is a card', 4111111111111111, 4111111111111111],
  ])('%s', (_, value, masked) => {
    expect(maskProperties(value)).toEqual(masked)
  })

  it('of an error: name, message, stack, causes and own properties', () => {
    const error = Object.assign(new TypeError('no jane@example.com', { cause: new Error('a@b.co') }), {
      status: 500,
    })
    expect(maskProperties(error)).toMatchObject({
      name: 'TypeError',
      message: 'no [email]',
      stack: expect.stringContaining('no [email]'),
      cause: { name: 'Error', message: '[email]' },
      status: 500,
    })
  })

  it('is a copy: the input stays as it was', () => {
    const input = { a: { email: 'jane@example.com' } }
    expect(maskProperties(input)).toEqual({ a: { email: '[email]' } })
    expect(input).toEqual({ a: { email: 'jane@example.com' } })
  })
})

describe('hostile values', () => {
  it('cuts cycles, and keeps what is merely shared', () => {
    const shared = { a: 1 }
    const cyclic: Record<string, unknown> = { one: shared, two: shared }
    cyclic.self = cyclic
    expect(maskProperties(cyclic)).toEqual({ one: shared, two: shared, self: '[circular]' })
  })

  it('bounds depth, entries, values and length', () => {
    let deep: unknown = 1
    for (let i = 0; i < 10_000; i++) deep = { deep }
    expect(JSON.stringify(maskProperties(deep))).toContain('[truncated]')
    expect(maskProperties(Array(1_000).fill(1))).toHaveLength(201)
    expect(
      Object.keys(
        maskProperties(
          Object.fromEntries(
            Array(1_000)
              .fill(0)
              .map((_, i) => [`k${i}`, i]),
          ),
        ) as object,
      ),
    ).toHaveLength(201)
    const wide = (depth: number): unknown => (depth ? Array(100).fill(wide(depth - 1)) : 'x')
    expect(JSON.stringify(maskProperties(wide(4))).length).toBeLessThan(100_000)
    expect(maskProperties('x '.repeat(100_000))).toHaveLength(32_000 + '[truncated]'.length)
  })

  it('survives getters, proxies and iterators that throw', () => {
    const boom = (): never => {
      throw new Error('boom')
    }
    const hostile = new Proxy({}, { get: boom, ownKeys: boom, getPrototypeOf: boom })
    class Endless extends Set {
      override *[Symbol.iterator](): SetIterator<unknown> {
        for (;;) yield 1
      }
    }
    expect(
      maskProperties({
        get a() {
          return boom()
        },
        hostile,
        revoked: revoked(),
        key: { toString: boom },
        endless: new Endless([1]),
        ok: 1,
      }),
    ).toMatchObject({ a: '[unreadable]', hostile: '[unreadable]', revoked: '[unreadable]', ok: 1 })
    expect(maskProperties(hostile)).toBe('[unreadable]')
  })

  it('pollutes no prototype', () => {
    const masked = maskProperties(JSON.parse('{"__proto__":{"polluted":1},"constructor":"x"}')) as object
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype)
    expect(masked).toEqual({ constructor: 'x' })
  })

  it('never throws and changes nothing more the second time', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
          withTypedArray: true,
        }),
        (value) => {
          const masked = maskProperties(value)
          expect(maskProperties(masked)).toEqual(masked)
        },
      ),
    )
  })

  it('lets no planted e-mail survive at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('jane@example.com'), (value, email) => {
        expect(
          JSON.stringify(maskProperties({ value, list: [{ [email]: email }, `to ${email}.`] })),
        ).not.toContain(email)
      }),
    )
  })
})

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
