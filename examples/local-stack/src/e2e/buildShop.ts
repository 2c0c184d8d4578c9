import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export interface BuiltShop {
  folder: string
  remove(): Promise<void>
}

const root = fileURLToPath(new URL('../../../web', import.meta.url))

/** Builds the example shop for production from the workspace's sources, into a folder of its own. */
export const buildShop = async (): Promise<BuiltShop> => {
  const folder = await mkdtemp(join(tmpdir(), 'observe-shop-'))
  await build({ root, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
