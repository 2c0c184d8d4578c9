import { builtinModules } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * Parts of pino that this package's logger never calls, replaced while it is bundled: its own ways to write (lines go out by
 * `output.ts`), worker transports, redaction by path (this package masks by rules), serializers of Node's HTTP objects. They
 * are most of pino's size and start-up time. A test of the built package logs through all the rest.
 */
const UNUSED: Record<string, string> = {
  './lib/transport': 'module.exports = () => {}',
  './transport': 'module.exports = () => {}',
  './lib/multistream': 'module.exports = () => {}',
  './lib/caller': 'module.exports = () => []',
  './lib/redaction': 'module.exports = () => ({})',
  './redaction': 'module.exports = () => ({})',
  './lib/time': 'exports.nullTime = () => ""; exports.epochTime = exports.nullTime',
  'sonic-boom': 'module.exports = class SonicBoom {}',
  'on-exit-leak-free': 'module.exports = { register() {}, unregister() {} }',
  // Reached when JSON.stringify threw, which masked fields never make it do.
  'safe-stable-stringify': 'exports.configure = () => JSON.stringify',
  'pino-std-serializers':
    'const same = (value) => value; module.exports = { err: same, mapHttpRequest: same, mapHttpResponse: same }',
  worker_threads: 'exports.isMainThread = true',
  'node:os': 'exports.hostname = () => ""',
  'node:diagnostics_channel': 'exports.tracingChannel = () => ({ hasSubscribers: false })',
}

/**
 * Parts of aws-embedded-metrics that its serializer and context load but this package never calls: names and values are
 * valid before they arrive, and where the metrics go is not configured by its environment variables.
 */
const UNUSED_OF_METRICS: Record<string, string> = {
  '../utils/Validator': 'exports.validateDimensionSet = exports.validateMetric = () => {}',
  '../config/Configuration': 'exports.default = { namespace: "" }',
  '../utils/Logger': 'exports.LOG = () => {}',
  '../exceptions/DimensionSetExceededError': 'exports.DimensionSetExceededError = Error',
  '@datastructures-js/heap': 'exports.MaxHeap = require("@datastructures-js/heap/src/maxHeap").MaxHeap',
}

/** What this package imports of Node's modules. Another name fails the build, and then belongs here. */
const IMPORTED: Record<string, string[]> = {
  'node:async_hooks': ['AsyncLocalStorage'],
  'node:fs': ['writeSync'],
  'node:util': ['format'],
}

const BUILTINS = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)])
const FROM_METRICS = /node_modules[\\/]aws-embedded-metrics[\\/]/
const FROM_LOGGER = /node_modules[\\/](?:pino|quick-format-unescaped)[\\/]/

/**
 * Bundles what is needed of pino and aws-embedded-metrics.
 *
 * Node's own modules are taken by `process.getBuiltinModule`. Left as `require`, they make an ESM bundle fail at start with
 * "Dynamic require of node:os is not supported" (https://github.com/pinojs/pino/issues/2362). As `import`, each costs
 * milliseconds of cold start: to fill an ESM namespace Node evaluates every lazy property of the module, and those of fs and
 * util load some forty internal modules. A bundler's own namespace around them does the same, so names are picked one by one.
 */
export const slimPino = (): Plugin => ({
  name: 'slim-pino',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (FROM_LOGGER.test(importer) && Object.hasOwn(UNUSED, path)) return { path, namespace: 'unused' }
      if (FROM_METRICS.test(importer) && Object.hasOwn(UNUSED_OF_METRICS, path)) {
        return { path, namespace: 'unused-of-metrics', pluginData: dirname(importer) }
      }
      if (!BUILTINS.has(path)) return undefined
      return { path, namespace: kind === 'require-call' ? 'builtin' : 'builtin-names', sideEffects: false }
    })
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] ?? '' }))
    build.onLoad({ filter: /.*/, namespace: 'unused-of-metrics' }, ({ path, pluginData }) => ({
      contents: UNUSED_OF_METRICS[path] ?? '',
      resolveDir: pluginData,
    }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
    build.onLoad({ filter: /.*/, namespace: 'builtin-names' }, ({ path }) => ({
      contents: [
        `const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)})`,
        ...(IMPORTED[path] ?? []).map(
          (name) => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})()`,
        ),
      ].join('\n'),
    }))
  },
})
