import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'

const byEsbuild = async (entry) => {
  const outdir = join(import.meta.dirname, 'out')
  const { outputFiles, metafile } = await esbuild({
    entryPoints: { main: entry },
    outdir,
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  const imports = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, { imports: found }]) => [
      path.split('/').pop(),
      found.filter(({ kind }) => kind === 'import-statement').map(({ path: file }) => file.split('/').pop()),
    ]),
  )
  return outputFiles.map(({ path, contents }) => {
    const name = path.split(/[\\/]/).pop()
    return { name, code: Buffer.from(contents), imports: imports[name] ?? [] }
  })
}

const byVite = async (entry) => {
  const result = await vite({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: { main: entry },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return [result]
    .flat()
    .flatMap(({ output }) => output)
    .filter(({ type }) => type === 'chunk')
    .map(({ fileName, code, imports }) => ({ name: fileName, code: Buffer.from(code), imports }))
}

export const BUNDLERS = { esbuild: byEsbuild, vite: byVite }

export const brotli = (code) =>
  brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })

/** Bytes of scripts: minified, and as the two encodings of a CDN send them. */
export const sizeOf = (files) => {
  const sum = (measure) => files.reduce((total, { code }) => total + measure(code), 0)
  return {
    min: sum((code) => code.length),
    gzip: sum((code) => gzipSync(code, { level: 9 }).length),
    brotli: sum((code) => brotli(code).length),
  }
}

/** The entry and all that it imports statically: what stands before the application. */
export const entryFiles = (files) => {
  const found = new Set()
  const visit = (name) => {
    const file = files.find((candidate) => candidate.name === name)
    if (!file || found.has(file)) return
    found.add(file)
    file.imports.forEach(visit)
  }
  visit('main.js')
  return [...found]
}
