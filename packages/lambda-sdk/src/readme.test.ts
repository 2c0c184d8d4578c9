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
