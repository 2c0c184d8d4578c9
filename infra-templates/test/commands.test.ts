import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { infraRoot } from './root.ts'

/** Pages that lead somebody through a deployment. Blocks of commands are run by `deploy.test.ts`; this is about the rest. */
const PAGES = [
  'README.md',
  'docs/separate-repository.md',
  '../docs/cost.md',
  '../examples/sst/README.md',
  '../README.md',
]
const textOf = (page: string): string => readFileSync(`${infraRoot}${page}`, 'utf8')
const scriptsOf = (folder: string): string[] =>
  Object.keys(JSON.parse(readFileSync(`${infraRoot}${folder}package.json`, 'utf8')).scripts)

const inText = (page: string): string[] =>
  [
    ...textOf(page)
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/`((?:aws|npm|npx|curl) [^`]+)`/g),
  ].map(([, command = '']) => command)

it.each(PAGES)('%s names in its text only scripts that there are', (page) => {
  const scripts = new Set([...scriptsOf(''), ...scriptsOf('../'), 'ci', 'test', 'install'])
  for (const command of inText(page).flatMap((line) => line.split(' && '))) {
    const name = /^npm (?:run )?([\w:-]+)/.exec(command)?.[1]
    if (name) expect(scripts, command).toContain(name)
    // SST's own commands, for the reader's own app.
    else expect(command, 'put it into a block, so that it is run').toMatch(/^npx sst (install|deploy)$/)
  }
})

/** Commands of a block, each on one line. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = '']) => block.replace(/\\\n/g, ' ').split('\n'))
    .map((line) => line.replace(/#.*/, '').replace(/\s+/g, ' ').trim())
    .filter(Boolean)

it('the deployment in the root README is the one that is run', () => {
  const run = new Set(commandsIn(textOf('README.md')))
  const shown = commandsIn(textOf('../README.md')).filter((line) => /^aws |infra:/.test(line))
  expect(shown.length).toBeGreaterThan(2)
  expect(shown.filter((line) => !run.has(line))).toEqual([])
})

it.each(PAGES)('every deployment in %s gives the tags, without which it would take them off', (page) => {
  const deployments = commandsIn(textOf(page)).filter((line) => line.includes('aws cloudformation deploy '))
  expect(
    deployments.filter((line) => !/ --tags \$\(cat \S+tags\.txt"?\) Environment=\w+/.test(line)),
  ).toEqual([])
})
