import { buildError } from './buildError.ts'
import type { MapStore } from './createMapStore.ts'
import type { SourceMapFile } from './takeSourceMaps.ts'

/** Uploads under way at once: fast for hundreds of chunks, far from S3's request limits. */
const CONCURRENCY = 8

/** Folder of the scripts at their origin. A build for any folder (`base: './'`) is taken to be deployed at the root. */
const folderOf = (base: string): string =>
  base.startsWith('.') ? '' : new URL(base || '/', 'http://origin.invalid').pathname.slice(1)

/**
 * Stores maps where the collector looks for them: by app, release, and path of the script at its origin.
 * @throws an error of code `OBSERVE_SOURCE_MAPS` for the first map that could not be stored.
 */
export const storeSourceMaps = async (
  store: MapStore,
  maps: readonly SourceMapFile[],
  { app, release, base }: { app: string; release: string; base: string },
): Promise<void> => {
  const waiting = maps.map(({ script, map }) => ({
    key: `${app}/${release}/${folderOf(base)}${script}.map`,
    map,
  }))
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await store.put(next.key, next.map)
      } catch (cause) {
        waiting.length = 0
        const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
        throw buildError(
          'OBSERVE_SOURCE_MAPS',
          `A source map could not be stored at ${store.locate(next.key)}: ${reason}. Correct option "sourceMaps" or ` +
            'the rights to write there, or set "sourceMaps.uploadFailure" to "warn" to build without.',
          cause,
        )
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
}
