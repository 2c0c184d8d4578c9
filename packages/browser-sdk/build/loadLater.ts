import { basename } from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * Leaves the dynamic imports of `names` to files of their own, which hold copies of the few helpers that they share with
 * the importer. Otherwise some bundlers put those into one more file that stands before the application.
 */
export const loadLater = (names: readonly string[]): Plugin => ({
  name: 'load-later',
  setup({ onResolve, initialOptions }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
      const name = basename(path, '.ts')
      if (kind !== 'dynamic-import' || !names.includes(name)) return
      return { path: `./${name}${initialOptions.outExtension?.['.js'] ?? '.js'}`, external: true }
    })
  },
})
