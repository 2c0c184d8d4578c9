import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

// npm packs a LICENSE of the package's own folder only, and the one at the root would stay behind.
it.each(['browser-sdk', 'lambda-sdk', 'shared-schema'])('%s ships the licence of the project', (folder) => {
  expect(read(`packages/${folder}/LICENSE`)).toBe(read('LICENSE'))
})

it.each(['lambda-sdk', 'shared-schema'])('%s tells where its source is', (folder) => {
  expect(JSON.parse(read(`packages/${folder}/package.json`)).repository).toEqual({
    type: 'git',
    url: 'git+https://github.com/acme/observe.git',
    directory: `packages/${folder}`,
  })
})
