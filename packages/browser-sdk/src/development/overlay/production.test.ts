// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** Text that only the overlay holds. */
const TRACES = [/observe-overlay/, /Observability, development only/, /aria-keyshortcuts/]

const APPLICATION = `
import { initObservability } from '@acme/observe-browser'
const observe = initObservability({ app: 'shop', environment: 'x', collector: { endpoint: '/v1/events' } })
if (import.meta.env.DEV) import('@acme/observe-browser/overlay').then(({ showOverlay }) => showOverlay(observe))
`

// Real builds.
vi.setConfig({ testTimeout: 30_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(import.meta.dirname, '.build-'))
  writeFileSync(join(folder, 'main.ts'), APPLICATION)
  vi.stubEnv('NODE_ENV', undefined)
})
afterEach(() => rmSync(folder, { recursive: true }))

const byEsbuild = async (isDevelopment: boolean): Promise<string> => {
  const { outputFiles } = await esbuild({
    entryPoints: [join(folder, 'main.ts')],
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    conditions: ['@acme/source'],
    define: { 'import.meta.env.DEV': String(isDevelopment) },
  })
  return outputFiles.map(({ text }) => text).join('\n')
}

const byVite = async (isDevelopment: boolean): Promise<string> => {
  const result = await vite({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    mode: isDevelopment ? 'development' : 'production',
    resolve: { conditions: ['@acme/source'] },
    build: { write: false, rollupOptions: { input: join(folder, 'main.ts') } },
  })
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  return outputs.map((file) => ('code' in file ? file.code : String(file.source))).join('\n')
}

it.each([
  ['esbuild', byEsbuild],
  ['Vite', byVite],
])('%s ships nothing of the overlay in a production build', async (_name, bundle) => {
  const production = await bundle(false)
  expect(production).toContain('/v1/events')
  for (const trace of TRACES) expect(production).not.toMatch(trace)
  // The search works: where the condition holds, all of it is found.
  vi.stubEnv('NODE_ENV', 'development')
  const development = await bundle(true)
  for (const trace of TRACES) expect(development).toMatch(trace)
})
