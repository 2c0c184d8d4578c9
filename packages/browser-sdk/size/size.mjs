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
const CEILINGS = { entry: { gzip: 8_000 }, pipeline: { gzip: 16_000 }, recorder: { brotli: 40_000 } }

/** What a browser must never load from us: schema validation, Node, and the parts that are loaded on demand. */
const MUST_NOT_APPEAR = [/\bZodError\b/, /\bzod\b/i, /"node:/, /\brequire\("/]

/** What must not stand before the application. */
const NOT_IN_ENTRY = [/__OPENREPLAY__/, /indexedDB/, /\[email\]/]

const here = import.meta.dirname
const consumer = `import { initObservability } from '@acme/observe-browser'
initObservability({ app: 'shop', environment: 'production', collector: { endpoint: '/v1/events' } })
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

const rows = []
const problems = []
for (const [bundler, bundle] of Object.entries(bundlers)) {
  const folder = mkdtempSync(join(here, '.bundle-'))
  try {
    const input = join(folder, 'consumer.mjs')
    writeFileSync(input, consumer)
    await bundle(input, join(folder, 'out'))
    const files = filesOf(join(folder, 'out'))
    const entry = entryFiles(files)
    const isRecorder = ({ code }) => code.includes('window.__OPENREPLAY__')
    const chunks = {
      entry,
      recorder: files.filter((file) => isRecorder(file) && !entry.includes(file)),
      pipeline: files.filter((file) => !isRecorder(file) && !entry.includes(file)),
    }
    for (const [chunk, parts] of Object.entries(chunks)) {
      const size = measure(parts)
      rows.push({ bundler, chunk, ...size })
      for (const [unit, ceiling] of Object.entries(CEILINGS[chunk])) {
        if (size[unit] > ceiling)
          problems.push(`${bundler}: ${chunk} is ${size[unit]} bytes ${unit}, ceiling ${ceiling}`)
      }
    }
    for (const pattern of NOT_IN_ENTRY) {
      for (const { name } of entryFiles(files).filter(({ code }) => pattern.test(code)))
        problems.push(`${bundler}: ${name} holds ${pattern}`)
    }
    for (const pattern of MUST_NOT_APPEAR) {
      for (const { name } of files.filter(({ code }) => pattern.test(code)))
        problems.push(`${bundler}: ${name} holds ${pattern}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
for (const { bundler, chunk, min, gzip, brotli } of rows) {
  process.stdout.write(
    `${bundler.padEnd(8)} ${chunk.padEnd(10)} min ${min}  gzip ${gzip}  brotli ${brotli}\n`,
  )
}
for (const problem of problems) process.stderr.write(`✗ ${problem}\n`)
process.exitCode = problems.length ? 1 : 0
