import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { dashboards } from '../dashboards/index.ts'

/**
 * Makes `build/`: the templates beside the bundled functions they name, ready for `aws cloudformation package`.
 * Every byte is a function of the sources, so the same sources give the same content hash and no needless update.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, '.cache')
await mkdir(cache, { recursive: true })
/** Made aside, so that whoever reads `build/` meanwhile finds it whole. */
const work = await mkdtemp(join(cache, 'build-'))
const out = join(work, 'build')

const functionNames = async (): Promise<string[]> =>
  (await readdir(join(root, 'functions'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map((entry) => entry.name)
    .sort()

const bundle = async (name: string): Promise<void> => {
  await build({
    entryPoints: [join(root, 'functions', name, 'index.ts')],
    outfile: join(out, 'functions', name, 'index.mjs'),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    minify: true,
    legalComments: 'none',
    conditions: ['@acme/source'],
    // The Node runtimes of Lambda carry version 3 of the SDK.
    external: ['@aws-sdk/*', 'pg-native'],
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
  })
}

/** Dashboards ship beside the function that provisions them, and once more for people who import them by hand. */
const writeDashboards = async (): Promise<void> => {
  for (const folder of ['dashboards', 'functions/grafana-provision/dashboards']) {
    await mkdir(join(out, folder), { recursive: true })
    for (const make of dashboards) {
      const { folderUid, dashboard } = make()
      const built = dashboard.build()
      await writeFile(
        join(out, folder, `${built.uid}.json`),
        `${JSON.stringify({ folderUid, dashboard: built }, null, 2)}\n`,
      )
    }
  }
}

const hashOf = async (folder: string): Promise<string> => {
  const hash = createHash('sha256')
  const walk = async (path: string): Promise<void> => {
    for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const child = join(path, entry.name)
      if (entry.isDirectory()) await walk(child)
      else hash.update(child.slice(folder.length)).update(await readFile(child))
    }
  }
  await walk(folder)
  return hash.digest('hex').slice(0, 16)
}

/** The hash is a literal of the setup resources: a parameter would keep its old value in every update. */
const copyTemplate = async (path: string, release: string): Promise<void> => {
  const text = await readFile(join(root, path), 'utf8')
  await writeFile(join(out, path), text.replaceAll('Release: source', `Release: '${release}'`))
}

await mkdir(join(out, 'stacks'), { recursive: true })
for (const name of await functionNames()) await bundle(name)
await writeDashboards()
const release = await hashOf(join(out, 'functions'))
await copyTemplate('observability.yaml', release)
for (const file of await readdir(join(root, 'stacks'))) await copyTemplate(`stacks/${file}`, release)
await cp(join(root, 'parameters'), join(out, 'parameters'), { recursive: true })
await cp(join(root, 'tags.txt'), join(out, 'tags.txt'))
await rename(join(root, 'build'), join(work, 'former')).catch(() => {})
await rename(out, join(root, 'build'))
await rm(work, { recursive: true, force: true })
process.stdout.write(`build/ holds release ${release}\n`)
