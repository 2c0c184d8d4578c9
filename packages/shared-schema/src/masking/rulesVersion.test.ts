import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { maskingGolden, maskingGoldenFile } from '../../scripts/maskingGolden.ts'

it('the rules do what their version did; if not, raise MASKING_RULES_VERSION and run `npm run generate`', () => {
  expect(maskingGolden()).toEqual(JSON.parse(readFileSync(maskingGoldenFile, 'utf8')))
})
