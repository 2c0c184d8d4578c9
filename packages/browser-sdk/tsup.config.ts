import { defineConfig } from 'tsup'
import { thirdPartyLicenses } from '../lambda-sdk/build/thirdPartyLicenses.ts'
import { slimTracker } from './build/slimTracker.ts'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    react: 'src/react/index.ts',
    overlay: 'src/development/overlay/index.ts',
    vite: 'src/vite/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: { compilerOptions: { ignoreDeprecations: '6.0', allowImportingTsExtensions: true, noEmit: false } },
  splitting: true,
  sourcemap: true,
  clean: true,
  target: 'es2022',
  platform: 'browser',
  // The schema's constants become literals, and its helpers share a chunk with ours.
  noExternal: [/^@openreplay\/tracker/, /^@acme\/observe-schema/],
  esbuildPlugins: [slimTracker(), thirdPartyLicenses('dist/THIRD_PARTY_LICENSES.txt')],
  esbuildOptions: (options) => {
    // What the tracker's cuts leave unreachable goes here, and not only where somebody minifies.
    options.minifySyntax = true
    // Of the schema its sources, whose constants esbuild can see through.
    options.conditions = ['@acme/source']
  },
})
