import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { validEvent, validHeader } from '../testing/arbitraries.ts'
import { envelopeHeaderSchema } from './envelope.ts'
import { eventSchema } from './event.ts'
import { createReader, INVALID } from './reader.ts'
import { text } from './text.ts'

const viaZod = (schema: z.ZodMiniType, value: unknown): unknown => {
  const result = z.safeParse(schema, value)
  return result.success ? result.data : INVALID
}

/** `value` with one thing in it replaced, at any depth: mostly, but not always, a mistake. */
const mutated = <T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.nat(),
      fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, Number.NaN, '', -1, 1.5, 'x'.repeat(9_000))),
    )
    .map(([value, at, replacement]) => {
      const places: [Record<string, unknown>, string][] = []
      const copy = structuredClone(value)
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return
        for (const key of Object.keys(node)) {
          places.push([node as Record<string, unknown>, key])
          visit((node as Record<string, unknown>)[key])
        }
      }
      visit(copy)
      const place = places[at % places.length]
      if (place) place[0][place[1]] = replacement
      return copy
    })

it.each([
  ['event', eventSchema, validEvent],
  ['header', envelopeHeaderSchema, validHeader.map((header) => ({ ...header, events: [] }))],
] as const)('reads an %s as zod does', (_, schema, valid) => {
  const read = createReader(schema)
  fc.assert(
    fc.property(
      fc.oneof(valid as fc.Arbitrary<unknown>, mutated(valid as fc.Arbitrary<unknown>), fc.jsonValue()),
      (value) => {
        expect(read(value)).toEqual(viaZod(schema, value))
      },
    ),
    { numRuns: 2_000 },
  )
})

it('passes on what is as it should be, and copies what is not', () => {
  const read = createReader(
    z.object({ page: z.object({ path: z.string() }), list: z.array(z.record(z.string(), text(3))) }),
  )
  const right = { page: { path: '/' }, list: [{ a: 'b' }] }
  expect(read(right)).toBe(right)
  const stripped = { ...right, more: 1 }
  expect(read(stripped)).toStrictEqual(right)
  expect(stripped).toHaveProperty('more')
  const list = [{ a: 'b' }, { a: 'b', long: 'abcd', c: 'd' }]
  expect(read({ ...right, list })).toStrictEqual({
    ...right,
    list: [{ a: 'b' }, { a: 'b', long: 'abc', c: 'd' }],
  })
  expect(list[1]).toHaveProperty('long', 'abcd')
  const prototype = JSON.parse('{"a":"b","__proto__":"x","c":"d"}')
  expect(read({ ...right, list: [prototype] })).toStrictEqual({ ...right, list: [{ a: 'b', c: 'd' }] })
  const inherited = Object.create({ page: right.page, list: [] })
  expect(read(inherited)).toStrictEqual({ page: right.page, list: [] })
})

it('refuses to compile what it does not know', () => {
  expect(() => createReader(z.date())).toThrow(TypeError)
  expect(() => createReader(z.string().check(z.endsWith('x'), z.property('length', z.number())))).toThrow(
    TypeError,
  )
})
