import type { Plugin } from 'vite'
import { buildError } from './buildError.ts'
import { checkBuildOptions, checkSegment } from './checkBuildOptions.ts'
import { createMapStore } from './createMapStore.ts'
import { findRelease } from './findRelease.ts'
import type { ObserveBuildOptions } from './ObserveBuildOptions.ts'
import { storeSourceMaps } from './storeSourceMaps.ts'
import { type OutputFiles, takeSourceMaps } from './takeSourceMaps.ts'

const NO_RELEASE =
  'Option "release" is required with "sourceMaps" where git names no commit: set it, or the environment variable OBSERVE_RELEASE.'
const NO_MAPS =
  'The build made no source maps, so there is nothing to store. Remove "sourcemap" from build.rollupOptions.output, or option "sourceMaps".'

/**
 * Vite plugin, never required: it tells the application which build it is, stores the build's source maps for the
 * collector, and keeps them out of the public output. Vite 5 to 8.
 *
 * The application reads `import.meta.env.OBSERVE_APP`, `OBSERVE_RELEASE` and `OBSERVE_ENVIRONMENT`, in development,
 * tests and production alike, so that events and source maps agree on their names. A build for a server (`build.ssr`)
 * keeps its source maps.
 *
 * @throws an error with a `code` when an option is missing, wrong or misspelt; the message names it and the fix.
 * @example
 * ```ts
 * // vite.config.ts
 * import { observeBuild } from '@acme/observe-browser/vite'
 *
 * export default defineConfig({
 *   plugins: [observeBuild({ app: 'shop', sourceMaps: { bucket: 'shop-source-maps' } })],
 * })
 *
 * // main.tsx
 * initObservability({
 *   app: import.meta.env.OBSERVE_APP,
 *   release: import.meta.env.OBSERVE_RELEASE,
 *   environment: import.meta.env.OBSERVE_ENVIRONMENT,
 *   collector: { endpoint: 'https://observe.example.com/v1/events' },
 * })
 * ```
 */
export const observeBuild = (options: ObserveBuildOptions): Plugin => {
  checkBuildOptions(options)
  const { app, sourceMaps } = options
  let release: string | undefined
  let base = '/'
  let root = ''
  let isPublicBuild = false

  return {
    name: '@acme/observe-browser/vite',
    enforce: 'post',

    config: (config, { command, mode, isSsrBuild }) => {
      release = options.release ?? findRelease(config.root ?? process.cwd())
      isPublicBuild = command === 'build' && !isSsrBuild
      if (isPublicBuild && sourceMaps) {
        if (release === undefined) throw buildError('OBSERVE_MISSING_OPTION', NO_RELEASE)
        checkSegment('app', app)
        checkSegment('release', release)
      }
      return {
        define: {
          'import.meta.env.OBSERVE_APP': JSON.stringify(app),
          'import.meta.env.OBSERVE_ENVIRONMENT': JSON.stringify(options.environment ?? mode),
          ...(release !== undefined && { 'import.meta.env.OBSERVE_RELEASE': JSON.stringify(release) }),
        },
        // Hidden: made, but not named in the scripts.
        ...(isPublicBuild && sourceMaps && { build: { sourcemap: 'hidden' as const } }),
      }
    },

    configResolved: (config) => {
      base = config.base
      root = config.root
    },

    generateBundle: {
      // After every plugin that still rewrites scripts or adds files.
      order: 'post',
      async handler(_options, bundle) {
        if (!isPublicBuild || !sourceMaps || release === undefined) return
        const maps = takeSourceMaps(bundle as OutputFiles)
        try {
          if (maps.length === 0) throw buildError('OBSERVE_SOURCE_MAPS', NO_MAPS)
          await storeSourceMaps(await createMapStore(sourceMaps, root), maps, { app, release, base })
        } catch (error) {
          if (sourceMaps.uploadFailure !== 'warn') throw error
          this.warn((error as Error).message)
        }
      },
    },
  }
}
