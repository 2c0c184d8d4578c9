/**
 * The packages as a user gets them: packed, checked by publint and attw, installed from the tarballs into an empty
 * project, imported by ESM and CommonJS, type-checked, and bundled for Lambda.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const PACKAGES = ['shared-schema', 'browser-sdk', 'lambda-sdk']
const root = process.cwd()
const consumer = mkdtempSync(join(tmpdir(), 'observe-consumer-'))

const run = (command, args, cwd = root) => {
  console.log(`$ ${command} ${args.join(' ')}`)
  execFileSync(command, args, { cwd, stdio: 'inherit' })
}

const entriesOf = (manifest) =>
  Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => join(manifest.name, entry))

try {
  const manifests = PACKAGES.map((folder) =>
    JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')),
  )
  for (const { name } of manifests) run('npm', ['run', '--silent', 'lint:package', '--workspace', name])

  const packed = JSON.parse(
    execFileSync(
      'npm',
      [
        'pack',
        '--json',
        '--pack-destination',
        consumer,
        ...PACKAGES.flatMap((folder) => ['--workspace', `packages/${folder}`]),
      ],
      {
        encoding: 'utf8',
      },
    ),
  )
  for (const { name, files } of Array.isArray(packed) ? packed : Object.values(packed)) {
    const stray = files.filter(({ path }) => /\.test(-d)?\.|__|\.env/.test(path)).map(({ path }) => path)
    if (stray.length > 0)
      throw new Error(`${name} would publish ${stray.join(', ')}. Narrow "files" in its package.json.`)
    const bundles = name !== '@acme/observe-schema'
    if (bundles && !files.some(({ path }) => path === 'dist/THIRD_PARTY_LICENSES.txt'))
      throw new Error(`${name} bundles other packages and would publish without their licences.`)
  }
  const tarballs = (Array.isArray(packed) ? packed : Object.values(packed)).map(
    ({ filename }) => `./${filename}`,
  )

  // The consumer is a fresh project: what the tarballs do not declare, it does not have.
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }')
  run(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--silent',
      ...tarballs,
      'react@19',
      '@types/react@19',
      '@types/aws-lambda',
      '@types/node@20',
    ],
    consumer,
  )

  const entries = manifests.flatMap(entriesOf).filter((entry) => !entry.endsWith('/vite'))
  writeFileSync(
    join(consumer, 'import.mjs'),
    `${entries.map((entry, i) => `import * as e${i} from '${entry}'`).join('\n')}
     for (const [name, module] of Object.entries({ ${entries.map((entry, i) => `'${entry}': e${i}`).join(', ')} })) {
       if (Object.keys(module).length === 0 && !name.endsWith('/types')) throw new Error(name + ' exports nothing')
     }`,
  )
  writeFileSync(join(consumer, 'require.cjs'), entries.map((entry) => `require('${entry}')`).join('\n'))
  run('node', ['import.mjs'], consumer)
  run('node', ['require.cjs'], consumer)

  cpSync(resolve(root, 'scripts/consumer'), consumer, { recursive: true })
  run(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', join(consumer, 'tsconfig.json')], consumer)

  const bundle = join(consumer, 'out', 'handler.mjs')
  mkdirSync(join(consumer, 'out'))
  run(join(root, 'node_modules/.bin/esbuild'), [
    join(consumer, 'handler.ts'),
    '--bundle',
    '--minify',
    '--format=esm',
    '--platform=node',
    '--target=node20',
    `--outfile=${bundle}`,
    '--log-level=warning',
  ])
  // A file importing it, not `node -e`: there the global `require` would hide a bundle that needs one.
  writeFileSync(
    join(consumer, 'out', 'invoke.mjs'),
    `import { handler } from './handler.mjs'
     const context = { functionName: 'consumer', awsRequestId: 'r-1', getRemainingTimeInMillis: () => 3000 }
     const result = await handler({ headers: {} }, context)
     if (result.statusCode !== 201) throw new Error('the wrapped handler answered ' + JSON.stringify(result))`,
  )
  const lines = execFileSync('node', [join(consumer, 'out', 'invoke.mjs')], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  if (!lines.some((line) => line._aws)) throw new Error('the bundled handler printed no EMF document')
  console.log('packages: packed, installed, imported, type-checked and bundled')
} finally {
  rmSync(consumer, { recursive: true, force: true })
}
