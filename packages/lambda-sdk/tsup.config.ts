import { defineConfig } from 'tsup'
import { slimDependencies } from './build/slimDependencies.ts'
import { thirdPartyLicenses } from './build/thirdPartyLicenses.ts'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    collector: 'src/collector/index.ts',
    middy: 'src/middy/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: { compilerOptions: { ignoreDeprecations: '6.0', allowImportingTsExtensions: true, noEmit: false } },
  splitting: true,
  sourcemap: true,
  clean: true,
  target: 'node20',
  platform: 'node',
  // Kept, because the plugin tells Node's modules by it, and newer ones have no other name.
  removeNodeProtocol: false,
  noExternal: ['pino', /^aws-embedded-metrics/],
  esbuildPlugins: [slimDependencies(), thirdPartyLicenses('dist/THIRD_PARTY_LICENSES.txt')],
})
