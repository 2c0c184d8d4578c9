import { expect, it } from 'vitest'
import { duplicateKeys } from './duplicateKeys.ts'

it('finds keys given twice in one object, however they are escaped, and only these', () => {
  expect(duplicateKeys('{"a":1,"b":{"a":"\\":{\\"a\\":1","c":["a","a",{"a":1}]},"e":{"a":2}}')).toEqual([])
  expect(duplicateKeys('{"a":{"x":1},"b":[{"c":1,"c":2}],"\\u0061":"}"}')).toEqual(['c', 'a'])
})
