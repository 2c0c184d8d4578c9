import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { snippetsOf, typeErrors } from '../readme/typeErrors.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

const WRONG = "```ts\nimport { logger } from '@acme/observe-lambda'\nlogger.inform('x')\n```\n"

it('has only snippets that compile; one that does not is told', { timeout: 60_000 }, () => {
  expect(snippetsOf(readme).length).toBeGreaterThanOrEqual(6)
  const line = readme.split('\n').length + 2
  expect(typeErrors(folder, readme + WRONG)).toEqual([
    expect.stringMatching(`^README\\.md:${line} Property 'inform' does not exist on type 'Logger'`),
  ])
})

it('says what was measured: `npm run bench -- table` writes it', () => {
  const check = fileURLToPath(new URL('../../../benchmarks/table.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [check, '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(readme).toMatch(/<!-- bench:lambda -->\n\| Node \d+/)
})
