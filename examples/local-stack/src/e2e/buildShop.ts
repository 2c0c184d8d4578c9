import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface BuiltShop {
  folder: string
  remove(): Promise<void>
}

const shop = fileURLToPath(new URL('../../../web', import.meta.url))
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')

/**
 * Builds the example shop for production from the workspace's sources, into a folder of its own. In a process of its own
 * too, because NODE_ENV=test would give it React's development build.
 */
export const buildShop = async (): Promise<BuiltShop> => {
  const folder = await mkdtemp(join(tmpdir(), 'observe-shop-'))
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: shop,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
