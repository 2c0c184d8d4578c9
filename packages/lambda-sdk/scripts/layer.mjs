/**
 * `npm run layer`: makes layer/observe-lambda-layer.zip with this package and what it needs under nodejs/node_modules, where
 * every Node runtime of Lambda looks. Functions that use it mark `@acme/*` as external when they are bundled.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'

/** Files of the same content give the same zip: the earliest time a zip can hold. */
const EPOCH = new Date(1980, 0, 1)
const SKIPPED = /\.(?:map|d\.[cm]?ts|md|ts)$|[\\/](?:src|test|docs)[\\/]/

const root = fileURLToPath(new URL('..', import.meta.url))
const schema = join(root, '..', 'shared-schema')
const output = join(root, 'layer')
const folder = mkdtempSync(join(tmpdir(), 'observe-layer-'))
const npm = (args, cwd) => execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] }).toString()

const filesUnder = (path) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = join(path, entry.name)
    return entry.isDirectory() ? filesUnder(file) : entry.isFile() ? [file] : []
  })

const pack = (path) => {
  npm(['run', 'build'], path)
  // A list, or an object by name, as the version of npm will have it.
  const [{ filename }] = Object.values(
    JSON.parse(npm(['pack', '--json', '--pack-destination', folder], path)),
  )
  return join(folder, filename)
}

try {
  const tarballs = [pack(schema), pack(root)]
  const target = join(folder, 'nodejs')
  mkdirSync(target)
  writeFileSync(join(target, 'package.json'), '{"private":true}')
  npm(
    [
      'install',
      '--omit=dev',
      '--omit=optional',
      '--omit=peer',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      ...tarballs,
    ],
    target,
  )
  // Lambda puts the layer's node_modules on NODE_PATH.
  const load =
    "const { withObservability } = require('@acme/observe-lambda'); require('@acme/observe-lambda/collector'); withObservability(async () => {})"
  execFileSync(process.execPath, ['-e', load], {
    cwd: tmpdir(),
    env: { ...process.env, NODE_PATH: join(target, 'node_modules') },
  })
  const files = Object.fromEntries(
    filesUnder(join(target, 'node_modules'))
      .filter((file) => !SKIPPED.test(file) && !file.endsWith('.package-lock.json'))
      .sort()
      .map((file) => [relative(folder, file), [readFileSync(file), { mtime: EPOCH }]]),
  )
  mkdirSync(output, { recursive: true })
  const zip = join(output, 'observe-lambda-layer.zip')
  writeFileSync(zip, zipSync(files, { level: 9 }))
  process.stdout.write(
    `${relative(process.cwd(), zip)}: ${Object.keys(files).length} files, ${statSync(zip).size} bytes\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
