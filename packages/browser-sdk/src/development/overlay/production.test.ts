// @vitest-environment node
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { beforeEach, expect, it, vi } from 'vitest'

/** Text that only the overlay holds. */
const TRACES = [/observe-overlay/, /Observability, development only/, /aria-keyshortcuts/]

const APPLICATION = `
import { initObservability } from '@acme/observe-browser'
const observe = initObservability({ app: 'shop', environment: 'x', collector: { endpoint: '/v1/events' } })
if (import.meta.env.DEV) import('@acme/observe-browser/overlay').then(({ showOverlay }) => showOverlay(observe))
`
/** Where the application would lie: packages are found from there. */
const FILE = join(import.meta.dirname, 'application.js')

// Real builds.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => vi.stubEnv('NODE_ENV', undefined))

const byEsbuild = async (isDevelopment: boolean): Promise<string> => {
  const { outputFiles } = await esbuild({
    stdin: { contents: APPLICATION, sourcefile: FILE, resolveDir: import.meta.dirname },
    outdir: 'nowhere',
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
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'silent',
    mode: isDevelopment ? 'development' : 'production',
    resolve: { conditions: ['@acme/source'] },
    build: { write: false, rollupOptions: { input: FILE } },
    plugins: [
      {
        name: 'application',
        resolveId: (id) => (id === FILE ? id : undefined),
        load: (id) => (id === FILE ? APPLICATION : undefined),
      },
    ],
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
