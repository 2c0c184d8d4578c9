import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import type { FunctionDefinition } from './functionDefinition.ts'

/** Where the deployment packages lie. */
export interface FunctionBundles {
  /** Folder with the function's `index.mjs`: its `LAMBDA_TASK_ROOT`. */
  taskRoot(name: string): string
  /** The runtime client every sandbox starts with. */
  bootstrap: string
  remove(): Promise<void>
}

const options = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  conditions: ['@acme/source'],
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  logLevel: 'silent',
  // The published SDK brings pino ready for ESM; its sources, which run here, meet pino's own require() calls.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} satisfies BuildOptions

/**
 * Makes each function's deployment package: one ESM file for Node 20 with everything in it.
 * @throws Error with esbuild's message when an entry does not build.
 */
export const bundleFunctions = async (functions: readonly FunctionDefinition[]): Promise<FunctionBundles> => {
  const root = await mkdtemp(join(tmpdir(), 'observe-functions-'))
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    await build({
      ...options,
      outdir: root,
      entryPoints: [
        { in: fileURLToPath(new URL('./runtime/bootstrap.ts', import.meta.url)), out: 'bootstrap' },
        ...functions.map(({ name, entry }) => ({ in: entry, out: `${name}/index` })),
      ],
    })
  } catch (error) {
    await remove()
    throw error
  }
  return { taskRoot: (name) => join(root, name), bootstrap: join(root, 'bootstrap.mjs'), remove }
}
