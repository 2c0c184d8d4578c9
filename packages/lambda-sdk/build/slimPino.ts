import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

/**
 * Parts of pino that a synchronous logger to standard output never calls, replaced while it is bundled: worker transports,
 * several streams, redaction by path (this package masks by rules), serializers of Node's HTTP objects. They are most of
 * pino's size and start-up time. A test of the built package logs through all the rest.
 */
const UNUSED: Record<string, string> = {
  './lib/transport': 'module.exports = () => {}',
  './transport': 'module.exports = () => {}',
  './lib/multistream': 'module.exports = () => {}',
  './lib/caller': 'module.exports = () => []',
  './lib/redaction': 'module.exports = () => ({})',
  './redaction': 'module.exports = () => ({})',
  './lib/time': 'exports.nullTime = () => ""; exports.epochTime = exports.nullTime',
  'on-exit-leak-free': 'module.exports = { register() {}, unregister() {} }',
  // Reached when JSON.stringify threw, which masked fields never make it do.
  'safe-stable-stringify': 'exports.configure = () => JSON.stringify',
  'pino-std-serializers':
    'const same = (value) => value; module.exports = { err: same, mapHttpRequest: same, mapHttpResponse: same }',
  worker_threads: 'exports.isMainThread = true',
  assert: 'module.exports = () => {}',
  'node:os': 'exports.hostname = () => ""',
}

const BUILTINS = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)])
const FROM_LOGGER = /node_modules[\\/](?:pino|sonic-boom|atomic-sleep|quick-format-unescaped)[\\/]/

/**
 * Bundles what is needed of pino, with Node's own modules imported. Left as they are, pino's `require` calls make an ESM
 * bundle fail at start with "Dynamic require of node:os is not supported" (https://github.com/pinojs/pino/issues/2362).
 */
export const slimPino = (): Plugin => ({
  name: 'slim-pino',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (kind !== 'require-call') return undefined
      if (FROM_LOGGER.test(importer) && Object.hasOwn(UNUSED, path)) return { path, namespace: 'unused' }
      return BUILTINS.has(path) ? { path, namespace: 'builtin' } : undefined
    })
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] ?? '' }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `import builtin from ${JSON.stringify(path)}\nmodule.exports = builtin`,
    }))
    build.onResolve({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ path, external: true }))
  },
})
