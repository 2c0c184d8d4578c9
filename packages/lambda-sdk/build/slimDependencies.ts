import { readFile } from 'node:fs/promises'
import { builtinModules, createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { asEsModule } from './asEsModule.ts'

const require = createRequire(import.meta.url)

/** A module that exports some of an enum's members. */
const enumModule = (path: string, ...members: string[]): string => {
  const [name = ''] = path.split('/').slice(-1)
  return `export const ${name} = ${JSON.stringify(require(`aws-embedded-metrics/lib/${path}.js`)[name], members)}`
}

/**
 * What pino's inner modules ask for and this package's logger never calls: its own ways to write (lines go out by `output.ts`),
 * worker transports, redaction by path (this package masks by rules), serializers of Node's HTTP objects. A test of the built
 * package logs through all the rest.
 */
const UNUSED: Record<string, string> = {
  './transport': 'export default () => {}',
  'sonic-boom': 'export default class SonicBoom {}',
  'on-exit-leak-free': 'export default {}',
  'pino-std-serializers':
    'export const mapHttpRequest = (value) => value; export const mapHttpResponse = mapHttpRequest',
  worker_threads: 'export const isMainThread = true',
  'node:diagnostics_channel': 'export default { tracingChannel: () => ({ hasSubscribers: false }) }',
}

/** The same of the serializer of aws-embedded-metrics; of its enums, which would be kept whole, what it reads. */
const UNUSED_OF_METRICS: Record<string, string> = {
  '../exceptions/DimensionSetExceededError': 'export const DimensionSetExceededError = Error',
  '../Constants': enumModule(
    'Constants',
    'MAX_DIMENSION_SET_SIZE',
    'MAX_METRICS_PER_EVENT',
    'MAX_VALUES_PER_METRIC',
  ),
  '../logger/StorageResolution': enumModule('logger/StorageResolution', 'High'),
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
const MAX_HEAP = fileURLToPath(new URL('maxHeap.ts', import.meta.url))

/**
 * Bundles what is needed of pino and aws-embedded-metrics.
 *
 * Node's own modules are taken by `process.getBuiltinModule`. Left as `require`, they make an ESM bundle fail at start with
 * "Dynamic require of node:os is not supported" (https://github.com/pinojs/pino/issues/2362). As `import`, each costs
 * milliseconds of cold start: to fill an ESM namespace Node evaluates every lazy property of the module, and those of fs and
 * util load some forty internal modules. A bundler's own namespace around them does the same, so names are picked one by one.
 */
export const slimDependencies = (): Plugin => ({
  name: 'slim-dependencies',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const unused = FROM_LOGGER.test(importer)
        ? UNUSED
        : FROM_METRICS.test(importer)
          ? UNUSED_OF_METRICS
          : {}
      if (Object.hasOwn(unused, path)) return { path, namespace: 'unused', pluginData: unused[path] }
      if (path === '@datastructures-js/heap') return { path: MAX_HEAP }
      return BUILTINS.has(path) ? { path, namespace: 'builtin', sideEffects: false } : undefined
    })
    for (const filter of [FROM_LOGGER, FROM_METRICS]) {
      build.onLoad({ filter }, async ({ path }) => ({
        contents: asEsModule(path, await readFile(path, 'utf8')),
      }))
    }
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ pluginData }) => ({ contents: pluginData }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: [
        `const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)})`,
        ...(IMPORTED[path] ?? []).map(
          (name) => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})()`,
        ),
      ].join('\n'),
    }))
  },
})
