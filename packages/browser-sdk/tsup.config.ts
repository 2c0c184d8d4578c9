import { defineConfig, type Options } from 'tsup'
import { thirdPartyLicenses } from '../lambda-sdk/build/thirdPartyLicenses.ts'
import { loadLater } from './build/loadLater.ts'
import { slimTracker } from './build/slimTracker.ts'
import { slimVitals } from './build/slimVitals.ts'

const licenses = thirdPartyLicenses('dist/THIRD_PARTY_LICENSES.txt')

const common: Options = {
  format: ['esm', 'cjs'],
  splitting: true,
  sourcemap: true,
  target: 'es2022',
  platform: 'browser',
  // The schema's constants become literals, and its helpers share a chunk with ours.
  noExternal: [/^@openreplay\/tracker/, /^web-vitals/, /^@acme\/observe-schema/],
  esbuildOptions: (options) => {
    // What the cuts leave unreachable goes here, and not only where somebody minifies.
    options.minifySyntax = true
    // Of the schema its sources, whose constants esbuild can see through.
    options.conditions = ['@acme/source']
  },
}

/** What the entry chunk loads beside and after the application. */
const later = {
  announceVisits: 'src/core/announceVisits.ts',
  createPipeline: 'src/pipeline/createPipeline.ts',
}

export default defineConfig([
  {
    ...common,
    entry: {
      index: 'src/index.ts',
      react: 'src/react/index.ts',
      overlay: 'src/development/overlay/index.ts',
      vite: 'src/vite/index.ts',
    },
    dts: { compilerOptions: { ignoreDeprecations: '6.0', allowImportingTsExtensions: true, noEmit: false } },
    esbuildPlugins: [loadLater(Object.keys(later)), slimVitals(), licenses],
  },
  {
    ...common,
    entry: later,
    esbuildPlugins: [slimTracker(), licenses],
  },
])
