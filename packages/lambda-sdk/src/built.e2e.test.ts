import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validateEmf } from './testing/index.ts'

/** Most bytes, minified and gzipped, that a handler may weigh: with a log line, and with metrics of its own. Move only with a reason. */
const MAX_GZIP_BYTES = { logging: 16_000, metrics: 18_550 }

const root = fileURLToPath(new URL('..', import.meta.url))
const temporary = join(root, 'node_modules', '.cache')
let folder: string

const HANDLER = `
  import { logger, metrics, withObservability } from '@acme/observe-lambda'
  export const handler = withObservability(async () => {
    logger.child({ component: 'c' }).info({ orderId: 17, error: new Error('e') }, 'order %s placed', 'o-17')
    metrics.count('OrdersPlaced')
    return { statusCode: 201 }
  })
`
const LOGGING_HANDLER = `
  import { logger, withObservability } from '@acme/observe-lambda'
  export const handler = withObservability(async () => logger.info('done'))
`
const MANY_METRICS_HANDLER = `
  import { metrics, withObservability } from '@acme/observe-lambda'
  export const handler = withObservability(async () => {
    for (let value = 0; value < 450; value++) metrics.duration('Long', value)
    for (let name = 0; name < 250; name++) metrics.count('Name' + name, name)
    for (let value = 0; value < 120; value++) metrics.put('Other', value, { highResolution: true })
  })
`
const RUN = `
  import { handler } from './handler.mjs'
  const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 3000 }
  for (let run = 0; run < 2; run++) await handler({}, context)
`

beforeAll(() => {
  mkdirSync(temporary, { recursive: true })
  folder = mkdtempSync(join(temporary, 'built-'))
  execFileSync(
    process.execPath,
    [
      fileURLToPath(import.meta.resolve('tsup/package.json')).replace('package.json', 'dist/cli-default.js'),
      '--out-dir',
      join(folder, 'dist'),
      '--no-dts',
      '--silent',
    ],
    { cwd: root },
  )
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bundle = async (format: 'esm' | 'cjs', extension: string, handler = HANDLER) => {
  writeFileSync(join(folder, 'entry.mjs'), handler)
  const outfile = join(folder, `handler.${extension}`)
  await build({
    entryPoints: [join(folder, 'entry.mjs')],
    outfile,
    bundle: true,
    minify: true,
    format,
    platform: 'node',
    target: 'node20',
    conditions: ['@acme/source'],
    alias: { '@acme/observe-lambda': join(folder, 'dist', 'index.js') },
  })
  return outfile
}

const run = (extension: string) => {
  writeFileSync(join(folder, 'run.mjs'), RUN.replace('handler.mjs', `handler.${extension}`))
  const { stdout, stderr } = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  return lines(stdout)
}

const gzipBytes = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length

const lines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the built package, bundled with a handler', () => {
  it('loads as ESM without a banner, logs and emits valid documents', async () => {
    const outfile = await bundle('esm', 'mjs')
    const written = run('mjs')
    expect(written.map(({ message, OrdersPlaced }) => message ?? OrdersPlaced)).toEqual([
      'order o-17 placed',
      'invocation',
      1,
      'order o-17 placed',
      'invocation',
      1,
    ])
    for (const line of written) if ('_aws' in line) expect(validateEmf(line)).toEqual([])
    expect(readFileSync(outfile, 'utf8')).not.toContain('Dynamic require of')
    expect(gzipBytes(outfile)).toBeLessThanOrEqual(MAX_GZIP_BYTES.metrics)
  })

  it('leaves out what serves only metrics when there are none', async () => {
    const outfile = await bundle('esm', 'mjs', LOGGING_HANDLER)
    expect(gzipBytes(outfile)).toBeLessThanOrEqual(MAX_GZIP_BYTES.logging)
    expect(run('mjs').map(({ message }) => message)).toEqual(['done', 'invocation', 'done', 'invocation'])
  })

  it('splits what one document cannot hold, and loses no value', async () => {
    await bundle('esm', 'mjs', MANY_METRICS_HANDLER)
    const written = run('mjs')
    for (const line of written) expect(validateEmf(line)).toEqual([])
    const valuesOf = (name: string) => written.flatMap((line) => line[name] ?? []) as number[]
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
    const twice = (values: number[]) => [...values, ...values].sort((a, b) => a - b)
    expect(valuesOf('Long').sort((a, b) => a - b)).toEqual(twice(upTo(450)))
    expect(valuesOf('Other').sort((a, b) => a - b)).toEqual(twice(upTo(120)))
    for (const name of upTo(250)) expect(valuesOf(`Name${name}`)).toEqual([name, name])
  })

  it('loads as CommonJS', async () => {
    await bundle('cjs', 'cjs')
    expect(run('cjs')).toHaveLength(6)
  })
})

describe('a full pipe with a sleeping reader', () => {
  const bundleAll = async (outfile: string) => {
    writeFileSync(join(folder, 'flood-entry.mjs'), "export * from '@acme/observe-lambda'")
    await build({
      entryPoints: [join(folder, 'flood-entry.mjs')],
      outfile: join(folder, outfile),
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: ['@acme/source'],
      alias: { '@acme/observe-lambda': join(folder, 'dist', 'index.js') },
    })
  }

  // A shell's pipe is the 64 KiB kind that Lambda has; Node's own would be a socket.
  const runIntoSleepingReader = (file: string, reader = 'cat') =>
    spawnSync('sh', ['-c', `"${process.execPath}" ${file} | (sleep 1.5; ${reader})`], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 10_000_000,
    })

  /** Documents and lines below 4 KiB each, which together are more. */
  const THREADS = `
    import { isMainThread, Worker } from 'node:worker_threads'
    import { logger, metrics, withObservability } from './flood.mjs'
    const write = (from, line) => logger.info({ from, line, filler: 'x'.repeat(900) }, 'ü'.repeat(900))
    if (isMainThread) {
      const worker = new Worker(new URL(import.meta.url))
      const handler = withObservability(async ({ line }) => {
        write('main', line)
        for (let name = 0; name < 30; name++) metrics.count('AMetricWithALongName'.repeat(2) + name)
      })
      await new Promise((resolve) => worker.once('online', resolve))
      for (let line = 0; line < 300; line++) await handler({ line }, { awsRequestId: 'r', getRemainingTimeInMillis: () => 3000 })
    } else {
      for (let line = 0; line < 300; line++) write('worker', line)
    }
  `

  const FLOOD = (touch: string) => `
    ${touch}
    const { logger, metrics, withObservability } = await import('./flood.mjs')
    const handler = withObservability(async (event) => {
      for (let line = 0; line < 100; line++) logger.info({ run: event.run, line, filler: 'x'.repeat(600) }, 'ü'.repeat(100))
      if (event.run === 1) logger.info({ rows: Array(8).fill('y '.repeat(10_000)) }, 'longer than the pipe')
      metrics.count('Floods')
    })
    for (let run = 0; run < 5; run++) await handler({ run }, { awsRequestId: 'r-' + run, getRemainingTimeInMillis: () => 3000 })
  `

  it('leaves lines up to 4 KiB whole when a worker thread writes at the same time', async () => {
    writeFileSync(join(folder, 'threads.mjs'), THREADS)
    await bundleAll('flood.mjs')
    const { stdout, stderr } = runIntoSleepingReader('threads.mjs', 'dd bs=1000 status=none')
    expect(stderr).toBe('')
    const written = lines(stdout)
    const numbers = (from: string) => written.filter((line) => line.from === from).map(({ line }) => line)
    expect(numbers('worker')).toEqual(Array.from({ length: 300 }, (_, line) => line))
    expect(numbers('main')).toEqual(Array.from({ length: 300 }, (_, line) => line))
    expect(written.filter(({ Invocations }) => Invocations === 1)).toHaveLength(300)
    expect(written.filter((line) => 'AMetricWithALongNameAMetricWithALongName29' in line)).toHaveLength(300)
  })

  it.each([
    ['untouched', ''],
    ['made non-blocking by others', 'console.log("{}")'],
  ])('loses no line and cuts none, standard output %s', async (_name, touch) => {
    await bundleAll('flood.mjs')
    writeFileSync(join(folder, 'flood-run.mjs'), FLOOD(touch))
    const { stdout, stderr } = runIntoSleepingReader('flood-run.mjs')
    expect(stderr).toBe('')
    const written = lines(stdout).filter(({ level }) => level !== undefined)
    expect(written.filter(({ line }) => line !== undefined).map(({ run, line }) => [run, line])).toEqual(
      Array.from({ length: 500 }, (_, index) => [Math.floor(index / 100), index % 100]),
    )
    expect(written.filter(({ Invocations }) => Invocations === 1)).toHaveLength(5)
    expect(written.filter(({ Floods }) => Floods === 1)).toHaveLength(5)
    expect(written.find(({ message }) => message === 'longer than the pipe')?.rows).toEqual(
      Array(8).fill('y '.repeat(10_000)),
    )
  })
})
