import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { documents } from '../scripts/documents.ts'
import { parseEnvelope } from './parseEnvelope.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

it.each(Object.entries(documents()))('schema/%s is what `npm run generate` writes', (file, content) => {
  expect(read(`schema/${file}`)).toBe(content)
})

describe('schema/v1.json', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(read('schema/v1.json')),
  )
  const minimal = JSON.parse(read('golden/v1/minimal.json'))

  it.each(readdirSync(new URL('../golden/v1/', import.meta.url)))('accepts %s', (file) => {
    expect(validate(JSON.parse(read(`golden/v1/${file}`))), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each([
    ['a missing session', { ...minimal, session: undefined }],
    ['another version', { ...minimal, schemaVersion: 2 }],
    ['an unknown event type', { ...minimal, events: [{ type: 'hologram' }] }],
    [
      'nested properties',
      {
        ...minimal,
        events: [{ type: 'custom', id: 'e', at: 1, page: { path: '/' }, name: 'n', properties: { a: {} } }],
      },
    ],
  ])('refuses %s, as the parser does', (_, envelope) => {
    const value = JSON.parse(JSON.stringify(envelope))
    expect(validate(value)).toBe(false)
    const result = parseEnvelope(value)
    expect(result.ok && result.rejectedCount === 0).toBe(false)
  })

  it('lets a newer SDK send more', () => {
    expect(validate({ ...minimal, later: 1, session: { ...minimal.session, later: 1 } })).toBe(true)
  })
})

describe('schema/openapi.json', () => {
  const openapi = JSON.parse(read('schema/openapi.json'))

  it('answers with every status of the contract', () => {
    const { post, options } = openapi.paths['/v1/events']
    expect(Object.keys(post.responses)).toEqual(['202', '400', '403', '405', '413', '415', '429'])
    expect(Object.keys(post.requestBody.content)).toEqual(['text/plain;charset=UTF-8', 'application/json'])
    expect(options.responses['204']).toBeDefined()
  })

  it('refers only to what it defines', () => {
    const refs = [...JSON.stringify(openapi).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    expect(refs.length).toBeGreaterThan(0)
    for (const name of refs) expect(openapi.components.schemas).toHaveProperty(name as string)
  })
})
