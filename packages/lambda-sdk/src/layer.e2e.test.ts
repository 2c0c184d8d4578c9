import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { validateEmf } from './testing/index.ts'

/** Most bytes of the zip; all layers of a function and its code share 250 MB, and a small one starts sooner. */
const MAX_ZIP_BYTES = 1_000_000

const root = fileURLToPath(new URL('..', import.meta.url))
/** Away from this repository, whose packages would be found otherwise. */
const sandbox = mkdtempSync(join(tmpdir(), 'observe-sandbox-'))
const opt = join(sandbox, 'opt')
const task = join(sandbox, 'task')
let zip: Uint8Array
let files: Record<string, Uint8Array>

const HANDLER = `
const handler = withObservability(async () => {
  logger.info('from the layer')
  metrics.count('Orders')
  return { statusCode: 200 }
})
const collector = createCollector({ origins: ['https://shop.example.com'] })
const run = async () => {
  await handler({}, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 3000 })
  const { statusCode } = await collector({
    requestContext: { http: { method: 'POST' } },
    headers: { origin: 'https://shop.example.com', 'content-type': 'text/plain' },
    body: '{}',
  })
  logger.info({ statusCode, middleware: typeof observability().before }, 'collected')
}
`
const IMPORTS: [string, string][] = [
  ['logger, metrics, withObservability', '@acme/observe-lambda'],
  ['createCollector', '@acme/observe-lambda/collector'],
  ['observability', '@acme/observe-lambda/middy'],
]

/**
 * Lambda's Node looks for imported modules in NODE_PATH, too
 * (https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/); the one everybody has does not.
 */
const NODE_PATH_HOOK = `
import { pathToFileURL } from 'node:url'
export const resolve = async (specifier, context, next) => {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    const parent = process.env.NODE_PATH.replace(/node_modules$/, 'anything.mjs')
    return next(specifier, { ...context, parentURL: pathToFileURL(parent).href })
  }
}
`

const runInSandbox = (file: string, source: string, ...flags: string[]) => {
  writeFileSync(join(task, file), source)
  const stdout = execFileSync(process.execPath, [...flags, file], {
    cwd: task,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NODE_PATH: join(opt, 'nodejs', 'node_modules') },
  })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const expectWorking = (lines: Record<string, unknown>[]) => {
  expect(lines).toMatchObject([
    { message: 'from the layer', requestId: 'r-1' },
    { message: 'invocation', Invocations: 1, status: 200 },
    { Orders: 1 },
    { message: 'collected', statusCode: 400, middleware: 'function' },
  ])
  for (const line of lines) if ('_aws' in line) expect(validateEmf(line)).toEqual([])
}

beforeAll(() => {
  execFileSync('npm', ['run', 'layer', '--silent'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  zip = readFileSync(join(root, 'layer', 'observe-lambda-layer.zip'))
  files = unzipSync(zip)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(opt, path)), { recursive: true })
    writeFileSync(join(opt, path), content)
  }
  mkdirSync(task)
})
afterAll(() => rmSync(sandbox, { recursive: true, force: true }))

it('has the layout of a layer, and nothing that only development needs', () => {
  const paths = Object.keys(files)
  const packages = paths.map((path) => /^nodejs\/node_modules\/(@[^/]+\/[^/]+|[^@/][^/]*)\//.exec(path)?.[1])
  expect(new Set(packages)).toEqual(
    new Set([
      ...['@acme/observe-lambda', '@acme/observe-schema', 'zod'],
      ...['@jridgewell/trace-mapping', '@jridgewell/resolve-uri', '@jridgewell/sourcemap-codec'],
    ]),
  )
  expect(paths).toEqual(
    expect.arrayContaining(
      ['package.json', 'dist/index.js', 'dist/index.cjs', 'dist/THIRD_PARTY_LICENSES.txt', 'LICENSE'].map(
        (path) => `nodejs/node_modules/@acme/observe-lambda/${path}`,
      ),
    ),
  )
  expect(paths.filter((path) => /\.(?:map|ts|cts|mts)$|\.test\.|package-lock/.test(path))).toEqual([])
  expect(zip.length).toBeLessThan(MAX_ZIP_BYTES)
})

it('is found by a CommonJS handler', () => {
  const requires = IMPORTS.map(([names, from]) => `const { ${names} } = require('${from}')`)
  expectWorking(runInSandbox('index.cjs', `${requires.join('\n')}${HANDLER}void run()`))
})

it('is found by an ESM handler', () => {
  const imports = IMPORTS.map(([names, from]) => `import { ${names} } from '${from}'`)
  writeFileSync(join(task, 'nodePath.mjs'), NODE_PATH_HOOK)
  writeFileSync(
    join(task, 'register.mjs'),
    "import { register } from 'node:module'\nregister('./nodePath.mjs', import.meta.url)",
  )
  expectWorking(
    runInSandbox('index.mjs', `${imports.join('\n')}${HANDLER}await run()`, '--import', './register.mjs'),
  )
})
