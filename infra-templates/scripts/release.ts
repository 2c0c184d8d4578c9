import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeZip } from './writeZip.ts'

/**
 * `npm run infra:release`: packages, then makes `release/observe-infra-<version>.zip` with templates, function bundles,
 * dashboards, parameter files and tags. The same sources give the same bytes.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

execFileSync('npm', ['run', '--silent', 'infra:package'], { cwd: root, stdio: 'inherit' })
const folder = join(root, 'release')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const file = join(folder, `observe-infra-${version}.zip`)
const { files, sha256 } = writeZip(file, join(root, 'build'), `observe-infra-${version}`)
process.stdout.write(`${file}\n${files} files, sha256 ${sha256}\n`)
