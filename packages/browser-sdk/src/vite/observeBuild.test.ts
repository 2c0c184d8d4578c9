// @vitest-environment node
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build, createLogger, createServer, type InlineConfig } from 'vite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { s3SourceMaps } from '../../../lambda-sdk/src/collector/sourceMaps/s3SourceMaps.ts'
import { type ObserveBuildOptions, observeBuild } from './index.ts'
import { type S3Double, startS3Double } from './testing/startS3Double.ts'

// Real builds, some in a process of their own.
vi.setConfig({ testTimeout: 30_000 })

let root: string
let s3: S3Double
let warnings: string[]

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'observe-vite-'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/src/main.ts"></script>')
  writeFileSync(
    join(root, 'src/main.ts'),
    `import './main.css'
    document.title = 'build ' + import.meta.env.OBSERVE_APP + ' ' + import.meta.env.OBSERVE_RELEASE + ' ' + import.meta.env.OBSERVE_ENVIRONMENT + ';'
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    import('./pay.ts').then(({ pay }) => pay({ items: [] }))`,
  )
  writeFileSync(join(root, 'src/main.css'), 'body { color: teal }')
  writeFileSync(join(root, 'src/worker.ts'), 'self.onmessage = ({ data }) => postMessage(data)')
  writeFileSync(
    join(root, 'src/pay.ts'),
    "export const pay = (cart: { items: string[] }) => { throw new TypeError('SECRET_IN_SOURCE' + cart.items.length) }",
  )
  s3 = await startS3Double()
  vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.endpoint)
  vi.stubEnv('AWS_REGION', 'eu-central-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  vi.stubEnv('OBSERVE_RELEASE', undefined)
  vi.stubEnv('NODE_ENV', undefined)
  warnings = []
})

afterEach(async () => {
  await s3.close()
  rmSync(root, { recursive: true })
})

const run = (options: ObserveBuildOptions, config: InlineConfig = {}) => {
  const customLogger = createLogger('silent')
  customLogger.warn = (message) => void warnings.push(message)
  return build({
    root,
    configFile: false,
    logLevel: 'silent',
    customLogger,
    plugins: [observeBuild(options)],
    ...config,
  })
}

const BUILD = `
  import { build, createLogger } from 'vite'
  import { observeBuild } from './index.ts'
  const { root, options, config } = JSON.parse(process.argv[1])
  const warnings = []
  const customLogger = { ...createLogger('silent'), warn: (message) => warnings.push(message) }
  const plugins = [observeBuild(options)]
  await build({ root, configFile: false, logLevel: 'silent', customLogger, plugins, ...config })
  process.stdout.write(JSON.stringify(warnings))
`

/** Vitest makes Node resolve the AWS SDK to files that only bundlers can load: these builds have their own process. */
const runWithAws = async (options: ObserveBuildOptions, config: InlineConfig = {}) => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', BUILD]
  args.push(JSON.stringify({ root, options, config }))
  const cwd = import.meta.dirname
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd })
  warnings = JSON.parse(stdout)
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replace(/\\/g, '/'),
  )

const outputText = (): string =>
  filesOf('dist')
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => readFileSync(join(root, 'dist', name), 'utf8'))
    .join('\n')

it('tells the application which build it is', async () => {
  await run({ app: 'shop', release: '1.4.2', environment: 'staging' })
  expect(outputText()).toContain('build shop 1.4.2 staging;')
  expect(filesOf('dist').filter((name) => name.endsWith('.map'))).toEqual([])
})

it('takes the release from the environment, else from git, and the environment from the mode', async () => {
  vi.stubEnv('OBSERVE_RELEASE', 'from-ci')
  await run({ app: 'shop' }, { mode: 'canary' })
  expect(outputText()).toContain('build shop from-ci canary;')

  vi.stubEnv('OBSERVE_RELEASE', undefined)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  git('init', '-q')
  git('-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '-q', '--allow-empty', '-m', 'first')
  await run({ app: 'shop' })
  expect(outputText()).toContain(`build shop ${git('rev-parse', '--short=12', 'HEAD').trim()} production;`)
})

it('tells it in development too', async () => {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [observeBuild({ app: 'shop', release: '1.4.2' })],
  })
  const result = await server.transformRequest('/src/main.ts')
  await server.close()
  expect(result?.code).toMatch(/"OBSERVE_RELEASE":\s*"1\.4\.2"/)
  expect(result?.code).toMatch(/"OBSERVE_ENVIRONMENT":\s*"development"/)
})

it('uploads the map of every script to the key at which the collector looks, and publishes none', async () => {
  await runWithAws(
    { app: 'shop', release: '1.4.2', sourceMaps: { bucket: 'maps', prefix: 'web/' } },
    { base: '/store/' },
  )

  const scripts = filesOf('dist').filter((name) => name.endsWith('.js'))
  expect(scripts).toHaveLength(3)
  expect(filesOf('dist').filter((name) => name.endsWith('.map'))).toEqual([])
  expect(outputText()).not.toContain('sourceMappingURL')
  expect([...s3.objects.keys()].sort()).toEqual(
    scripts.map((name) => `maps/web/shop/1.4.2/store/${name}.map`).sort(),
  )

  const getObject = async ({ Bucket, Key }: { Bucket: string; Key: string }) => ({
    Body: { transformToString: async () => s3.objects.get(`${Bucket}/${Key}`) ?? '' },
  })
  const load = s3SourceMaps({ s3: { getObject }, bucket: 'maps', prefix: 'web/' })
  const pay = scripts.find((name) => name.includes('pay')) as string
  const map = await load({ app: 'shop', release: '1.4.2', file: `store/${pay}` })
  expect(JSON.parse(map ?? '{}').sourcesContent.join()).toContain('SECRET_IN_SOURCE')
})

it('takes the comments and maps of a build that was told to publish them', async () => {
  await run(
    { app: 'shop', release: '1', sourceMaps: { directory: 'maps' } },
    { build: { sourcemap: true, rollupOptions: { output: { sourcemap: true } } } },
  )
  expect(outputText()).not.toContain('sourceMappingURL')
  expect(filesOf('dist').filter((name) => name.endsWith('.map'))).toEqual([])
  expect(filesOf('maps').filter((name) => name.endsWith('.map'))).toHaveLength(3)
})

it('writes the same layout to a directory', async () => {
  await run({ app: 'shop', release: '1.4.2', sourceMaps: { directory: 'private-maps' } })
  const maps = filesOf('private-maps').filter((name) => name.endsWith('.map'))
  expect(maps).toHaveLength(3)
  for (const name of maps) expect(name).toMatch(/^shop\/1\.4\.2\/assets\/[\w-]+\.js\.map$/)
})

it('leaves the maps of a server build where they are', async () => {
  await run(
    { app: 'shop', release: '1', sourceMaps: { bucket: 'maps' } },
    { build: { ssr: 'src/pay.ts', sourcemap: true } },
  )
  expect(filesOf('dist')).toContain('pay.mjs.map')
  expect(s3.objects.size).toBe(0)
})

it('fails the build when an upload fails, and says where and why', async () => {
  s3.refuseWith('AccessDenied')
  const failure = await runWithAws({ app: 'shop', release: '1', sourceMaps: { bucket: 'maps' } }).catch(
    (error: Error) => error,
  )
  expect(failure).toBeInstanceOf(Error)
  expect((failure as Error).message).toMatch(
    /\[@acme\/observe-browser\/vite\] A source map could not be stored at s3:\/\/maps\/shop\/1\/assets\/\S+\.js\.map: AccessDenied/,
  )
  expect((failure as Error).message).toContain('"sourceMaps.uploadFailure" to "warn"')
})

it('warns instead where that is wished, and still publishes no map', async () => {
  s3.refuseWith('AccessDenied')
  await runWithAws({ app: 'shop', release: '1', sourceMaps: { bucket: 'maps', uploadFailure: 'warn' } })
  expect(warnings.join()).toContain('could not be stored at s3://maps/shop/1/')
  expect(filesOf('dist').filter((name) => /\.js$/.test(name))).toHaveLength(3)
  expect(filesOf('dist').filter((name) => name.endsWith('.map'))).toEqual([])
})

it('fails when the build makes no maps, when no release is known, and without the AWS SDK', async () => {
  const sourceMaps = { bucket: 'maps' }
  writeFileSync(join(root, 'src/main.ts'), 'document.title = "no worker"')
  await expect(
    run(
      { app: 'shop', release: '1', sourceMaps },
      { build: { rollupOptions: { output: { sourcemap: false } } } },
    ),
  ).rejects.toThrow('Remove "sourcemap" from build.rollupOptions.output')
  await expect(run({ app: 'shop', sourceMaps })).rejects.toThrow('Option "release" is required')
  vi.doMock('@aws-sdk/client-s3', () => {
    throw new Error('Cannot find package')
  })
  await expect(run({ app: 'shop', release: '1', sourceMaps })).rejects.toThrow(
    'npm install --save-dev @aws-sdk/client-s3',
  )
  vi.doUnmock('@aws-sdk/client-s3')
})

it.each([
  [{}, 'OBSERVE_MISSING_OPTION', 'Option "app" is required'],
  [{ app: '' }, 'OBSERVE_INVALID_OPTION', 'Option "app" must be a string'],
  [{ app: 'shop', relase: '1' }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "release"?'],
  [{ app: 'shop', sourceMaps: {} }, 'OBSERVE_INVALID_OPTION', '{ bucket } for S3 or { directory }'],
  [{ app: 'shop', sourceMaps: { bucket: 'a', directory: 'b' } }, 'OBSERVE_INVALID_OPTION', 'one of the two'],
  [{ app: 'shop', sourceMaps: { bucket: 'a', prefix: 'web' } }, 'OBSERVE_INVALID_OPTION', 'end with a slash'],
  [
    { app: 'shop', sourceMaps: { bucket: 'a', uploadFailure: 'x' } },
    'OBSERVE_INVALID_OPTION',
    '"error" or "warn"',
  ],
  [
    { app: 'shop', sourceMaps: { directory: 'a', prefix: 'b/' } },
    'OBSERVE_UNKNOWN_OPTION',
    '"sourceMaps.prefix"',
  ],
])('%j is told as %s', (options, code, message) => {
  const make = () => observeBuild(options as unknown as ObserveBuildOptions)
  expect(make).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
})

it.each([
  ['app', { app: 'the shop', release: '1' }],
  ['release', { app: 'shop', release: 'feature/x' }],
])('a name of the %s that the collector would never look up fails the build', async (option, options) => {
  await expect(run({ ...options, sourceMaps: { bucket: 'maps' } })).rejects.toThrow(`Option "${option}" is "`)
})
