/**
 * `npm run bench -- table` writes what was measured into the READMEs, between `<!-- bench:name -->` and `<!-- /bench:name -->`;
 * with `--check` it only tells whether they agree with `benchmarks/results/`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TABLES } from './tables.mjs'

const root = join(import.meta.dirname, '..')
const READMES = ['.', 'packages/lambda-sdk', 'packages/browser-sdk', 'packages/shared-schema'].map((folder) =>
  join(folder, 'README.md'),
)
const REGION = /(<!-- bench:([\w-]+) -->\n)[\s\S]*?(<!-- \/bench:\2 -->)/g

const resultOf = (name) => {
  const file = join(import.meta.dirname, 'results', `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const fill = (text) =>
  text.replace(REGION, (region, open, name, close) => {
    const [source, render] = TABLES[name] ?? []
    if (!render) throw new Error(`No table is called "${name}". There are ${Object.keys(TABLES).join(', ')}.`)
    const result = resultOf(source)
    return result ? `${open}${render(result)}\n${close}` : region
  })

for (const readme of READMES) {
  const file = join(root, readme)
  const text = readFileSync(file, 'utf8')
  const filled = fill(text)
  if (filled === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${readme} does not say what was measured. Run "npm run bench -- table".`)
    process.exitCode = 1
  } else {
    writeFileSync(file, filled)
    console.log(`${readme} is up to date again.`)
  }
}
