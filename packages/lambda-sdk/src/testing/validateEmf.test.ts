import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METRIC_UNITS } from '../emf/units.ts'
import { validateEmf } from './index.ts'

/** The JSON schema of AWS's specification, word for word. */
const schema = JSON.parse(readFileSync(new URL('./emfSchema.test-data.json', import.meta.url), 'utf8'))
const isValid = new Ajv({ strict: false }).compile(schema)

const document = (changes: object = {}, directive: object = {}) => ({
  _aws: {
    Timestamp: 1_795_295_316_348,
    CloudWatchMetrics: [
      { Namespace: 'N', Dimensions: [['D']], Metrics: [{ Name: 'M', Unit: 'Count' }], ...directive },
    ],
  },
  D: 'd',
  M: [1, 2],
  ...changes,
})

it('accepts a correct document, as the schema does', () => {
  expect(validateEmf(document())).toEqual([])
  expect(isValid(document())).toBe(true)
})

describe('what the schema forbids', () => {
  it.each([
    ['no namespace', document({}, { Namespace: undefined })],
    ['an empty namespace', document({}, { Namespace: '' })],
    ['a namespace too long', document({}, { Namespace: 'n'.repeat(1_025) })],
    ['a namespace of two lines', document({}, { Namespace: 'a\nb' })],
    ['no dimension set', document({}, { Dimensions: [] })],
    ['dimensions that are no sets', document({}, { Dimensions: ['D'] })],
    ['31 dimensions', document({}, { Dimensions: [Array(31).fill('D')] })],
    ['a dimension name too long', document({}, { Dimensions: [['d'.repeat(251)]] })],
    ['an empty dimension name', document({}, { Dimensions: [['']] })],
    ['metrics that are no array', document({}, { Metrics: {} })],
    ['a metric without a name', document({}, { Metrics: [{ Unit: 'Count' }] })],
    ['a metric name too long', document({}, { Metrics: [{ Name: 'm'.repeat(1_025) }] })],
    ['an unknown unit', document({}, { Metrics: [{ Name: 'M', Unit: 'Parsecs' }] })],
    [
      'a resolution that is no integer',
      document({}, { Metrics: [{ Name: 'M', StorageResolution: 'high' }] }),
    ],
    ['a fractional timestamp', { ...document(), _aws: { ...document()._aws, Timestamp: 1.5 } }],
    ['no _aws', { M: 1 }],
    ['no object', 'text'],
  ])('%s', (_name, bad) => {
    expect(isValid(bad)).toBe(false)
    expect(validateEmf(bad)).not.toEqual([])
  })
})

describe('what only the words of the specification forbid', () => {
  it.each([
    ['a metric without its value', document({ M: undefined })],
    ['a value that is no number', document({ M: '1' })],
    ['more than 100 values', document({ M: Array(101).fill(1) })],
    ['an array with something else', document({ M: [1, null] })],
    ['a dimension without its value', document({ D: undefined })],
    ['a dimension value that is no string', document({ D: 1 })],
    ['a dimension value too long', document({ D: 'd'.repeat(1_025) })],
    ['more than 100 metrics', document({}, { Metrics: Array(101).fill({ Name: 'M' }) })],
    ['a resolution of 30 seconds', document({}, { Metrics: [{ Name: 'M', StorageResolution: 30 }] })],
  ])('%s', (_name, bad) => {
    expect(isValid(bad)).toBe(true)
    expect(validateEmf(bad)).not.toEqual([])
  })
})

it('never accepts what the schema refuses', () => {
  const odd = fc.oneof(fc.anything(), fc.string({ maxLength: 3 }))
  const directive = fc.record(
    {
      Namespace: fc.oneof(fc.constant('N'), odd),
      Dimensions: fc.oneof(fc.array(fc.array(fc.constantFrom('D', '', 'X'))), odd),
      Metrics: fc.oneof(
        fc.array(
          fc.record(
            { Name: fc.oneof(fc.constant('M'), odd), Unit: fc.oneof(fc.constantFrom(...METRIC_UNITS), odd) },
            { requiredKeys: ['Name'] },
          ),
        ),
        odd,
      ),
    },
    { requiredKeys: ['Namespace'] },
  )
  const documents = fc.record({
    _aws: fc.record({
      Timestamp: fc.oneof(fc.nat(), odd),
      CloudWatchMetrics: fc.oneof(fc.array(directive), odd),
    }),
    M: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), odd),
    D: fc.oneof(fc.constant('d'), odd),
  })
  fc.assert(
    fc.property(documents, (candidate) => {
      if (validateEmf(candidate).length === 0)
        expect(isValid(candidate), JSON.stringify(candidate)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
