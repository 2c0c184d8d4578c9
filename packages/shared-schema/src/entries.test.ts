import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import * as main from './index.ts'
import * as limits from './limits.ts'
import * as masking from './masking/index.ts'
import * as protocol from './protocol.ts'
import * as types from './types.ts'

const bundle = async (contents: string): Promise<{ code: string; inputs: string[] }> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  return { code: outputFiles[0]?.text ?? '', inputs }
}

const exported = (entry: object): string[] => Object.keys(entry).sort()

it('export what they are meant to', () => {
  expect({
    '.': exported(main),
    './masking': exported(masking),
    './protocol': exported(protocol),
    './types': exported(types),
  }).toMatchInlineSnapshot(`
    {
      ".": [
        "SCHEMA_VERSION",
        "customEventSchema",
        "envelopeSchema",
        "errorEventSchema",
        "eventSchema",
        "logEventSchema",
        "pageViewEventSchema",
        "parseEnvelope",
        "propertiesSchema",
        "webVitalEventSchema",
      ],
      "./masking": [
        "FIELD_SELECTORS",
        "MASKING_RULES_VERSION",
        "classifyField",
        "isFreeTextField",
        "maskProperties",
        "maskText",
        "sanitizeUrl",
        "templatePath",
      ],
      "./protocol": [
        "BATCH_CONTENT_TYPE",
        "DEFAULT_COLLECTOR_PATH",
        "SCHEMA_VERSION",
        "SESSION_ID_HEADER",
        "TRACEPARENT_HEADER",
      ],
      "./types": [],
    }
  `)
  expect(exported(limits).every((name) => name.startsWith('MAX_'))).toBe(true)
})

describe('without zod', () => {
  it.each(['masking/index', 'limits', 'protocol', 'types'])('%s', async (entry) => {
    const { inputs } = await bundle(`export * from './${entry}.ts'`)
    expect(inputs.filter((input) => input.includes('node_modules'))).toEqual([])
  })

  it('while the main entry has it, so the test can fail', async () => {
    const { inputs } = await bundle(`export * from './index.ts'`)
    expect(inputs.some((input) => input.includes('node_modules/zod'))).toBe(true)
  })

  it('and only its mini face', async () => {
    const { inputs } = await bundle(`export * from './index.ts'`)
    expect(inputs.filter((input) => /zod\/v4\/(?:classic|locales)/.test(input))).toEqual([])
  })
})

describe('sizes, gzip, esbuild', () => {
  it.each([
    // What every page loads with the error reporter. Raised only with a reason in the same commit.
    [
      `export { maskText } from './masking/maskText.ts'; export { sanitizeUrl } from './masking/sanitizeUrl.ts'; export { templatePath } from './masking/templatePath.ts'`,
      1_540,
    ],
    [`export { maskText } from './masking/index.ts'`, 1_150],
    [`export { MAX_BATCH_BYTES } from './limits.ts'`, 60],
    [`export * from './masking/index.ts'`, 6_000],
  ])('%s <= %i', async (contents, ceiling) => {
    const { code } = await bundle(contents)
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(ceiling)
  })
})
