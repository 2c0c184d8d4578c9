// Bundles a minimal consumer of the built package with three bundlers and holds the ceilings. Run after the build.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { build as esbuild } from 'esbuild'
import { rollup } from 'rollup'
import { build as vite } from 'vite'

/** Bytes. A ceiling moves only together with the reason for it. */
const CEILINGS = {
  entry: { gzip: 8_000 },
  announcer: { gzip: 1_000 },
  pipeline: { gzip: 16_000 },
  recorder: { brotli: 40_000 },
}

/** What a browser must never load from us: schema validation, Node, and the parts that are loaded on demand. */
const MUST_NOT_APPEAR = [/\bZodError\b/, /\bzod\b/i, /"node:/, /\brequire\("/]

/** What must not stand before the application. */
const NOT_IN_ENTRY = [/__OPENREPLAY__/, /indexedDB/, /\[email\]/]

const here = import.meta.dirname
const consumer = `import { initObservability } from '@acme/observe-browser'
initObservability({ app: 'shop', environment: 'production', collector: { endpoint: '/v1/events' } })
`

/** The least that any application with one lazy route brings along: what a bundler adds for it is not ours. */
const control = `import('./lazy.mjs')
`

const bundlers = {
  esbuild: (input, outdir) =>
    esbuild({
      entryPoints: { entry: input },
      outdir,
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
    }),
  rollup: async (input, dir) => {
    const bundle = await rollup({
      input: { entry: input },
      plugins: [nodeResolve({ browser: true }), terser()],
    })
    await bundle.write({ dir, format: 'es' })
    await bundle.close()
  },
  vite: (input, outDir) =>
    vite({
      root: here,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        modulePreload: false,
        rollupOptions: { input: { entry: input }, output: { entryFileNames: '[name].js' } },
      },
    }),
}

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, code: readFileSync(join(folder, name), 'utf8') }))

/** The entry and everything it imports statically: what stands before the application. */
const entryFiles = (files) => {
  const found = new Set()
  const visit = (name) => {
    const file = files.find((candidate) => candidate.name.endsWith(name))
    if (!file || found.has(file)) return
    found.add(file)
    for (const [, path] of file.code.matchAll(
      /(?:import|export)\s*(?:[\w*{}\s,$]*from\s*)?["']\.\/([^"']+)["']/g,
    ))
      visit(path)
  }
  visit('entry.js')
  return [...found]
}

const measure = (files) => {
  const sum = (size) => files.reduce((total, { code }) => total + size(Buffer.from(code)), 0)
  return {
    min: sum((code) => code.length),
    gzip: sum((code) => gzipSync(code, { level: 9 }).length),
    brotli: sum((code) => brotliCompressSync(code).length),
  }
}

/** Files that `bundle` makes of `source`, with the entry among them. */
const bundleOf = async (bundle, source) => {
  const folder = mkdtempSync(join(here, '.bundle-'))
  try {
    writeFileSync(join(folder, 'lazy.mjs'), 'export default 1\n')
    const input = join(folder, 'consumer.mjs')
    writeFileSync(input, source)
    await bundle(input, join(folder, 'out'))
    return filesOf(join(folder, 'out'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const rows = []
const problems = []
for (const [bundler, bundle] of Object.entries(bundlers)) {
  const own = measure(entryFiles(await bundleOf(bundle, control)))
  const files = await bundleOf(bundle, consumer)
  const entry = entryFiles(files)
  const isRecorder = ({ code }) => code.includes('window.__OPENREPLAY__')
  // Loaded by the options `debug`, `umami.mode: 'script'`, `navigationTiming` and `longFrameMs` only.
  const isOptional = ({ name }) => /printBatches|sendByScript|describeNavigation|observeLongFrames/.test(name)
  const isAnnouncer = ({ name }) => name.includes('announceVisits')
  const lazy = files.filter((file) => !entry.includes(file) && !isOptional(file))
  const chunks = {
    entry,
    announcer: lazy.filter(isAnnouncer),
    recorder: lazy.filter(isRecorder),
    pipeline: lazy.filter((file) => !isRecorder(file) && !isAnnouncer(file)),
  }
  for (const [chunk, parts] of Object.entries(chunks)) {
    const size = measure(parts)
    const theirs = chunk === 'entry' ? own : { gzip: 0, brotli: 0 }
    rows.push({ bundler, chunk, ...size, own: theirs.gzip })
    for (const [unit, ceiling] of Object.entries(CEILINGS[chunk])) {
      if (size[unit] - theirs[unit] > ceiling)
        problems.push(
          `${bundler}: ${chunk} is ${size[unit] - theirs[unit]} bytes ${unit}, ceiling ${ceiling}`,
        )
    }
  }
  for (const pattern of NOT_IN_ENTRY) {
    for (const { name } of entry.filter(({ code }) => pattern.test(code)))
      problems.push(`${bundler}: ${name} holds ${pattern}`)
  }
  for (const pattern of MUST_NOT_APPEAR) {
    for (const { name } of files.filter(({ code }) => pattern.test(code)))
      problems.push(`${bundler}: ${name} holds ${pattern}`)
  }
}
for (const { bundler, chunk, min, gzip, brotli, own } of rows) {
  process.stdout.write(
    `${bundler.padEnd(8)} ${chunk.padEnd(10)} min ${min}  gzip ${gzip}  brotli ${brotli}${own ? `  of which the bundler's own: gzip ${own}` : ''}\n`,
  )
}
for (const problem of problems) process.stderr.write(`✗ ${problem}\n`)
process.exitCode = problems.length ? 1 : 0
