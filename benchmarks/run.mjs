/**
 * `npm run bench -- <name> [options]`: installs a benchmark's own dependencies and runs it. `npm run bench -- table` writes
 * the results into the READMEs.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/bench.mjs`))
  .map((entry) => entry.name)
const [name, ...options] = process.argv.slice(2)

if (!names.includes(name) && name !== 'table') {
  console.error(`Which benchmark? npm run bench -- ${names.join(' | ')} | table`)
  process.exit(1)
}
const folder = `${here}${name}/`
const script = name === 'table' ? `${here}table.mjs` : `${folder}bench.mjs`
if (existsSync(`${folder}package-lock.json`) && !existsSync(`${folder}node_modules`)) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
}
// A benchmark that fails has said why: a trace of this file would only hide it.
process.exitCode = spawnSync(process.execPath, [script, ...options], { stdio: 'inherit' }).status ?? 1
