import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { infraRoot } from './root.ts'

const rows = readFileSync(`${infraRoot}../docs/requirements-trace.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| (FR|NFR|CR|\d\.\d)/.test(line))
  .map((line) => {
    const [requirement = '', resources = '', tests = ''] = line.slice(2).split(' | ')
    return { requirement, resources, tests }
  })

describe.each(rows)('$requirement', ({ resources, tests }) => {
  it('names resources that there are', () => {
    const groups = [...resources.matchAll(/`([\w./-]+\.yaml)` ([\w, ]+)/g)]
    expect(groups.length).toBeGreaterThan(0)
    for (const [, file = '', logicalIds = ''] of groups) {
      const { template } = readTemplate(file)
      for (const logicalId of logicalIds.split(',').map((one) => one.trim())) {
        expect(template.Resources, `${file} ${logicalId}`).toHaveProperty(logicalId)
      }
    }
  })

  it('names tests that there are', () => {
    const named = [...tests.matchAll(/`([\w./-]+\.test\.ts)` "([^"]+)"/g)]
    expect(named.length).toBeGreaterThan(0)
    for (const [, file = '', title = ''] of named) {
      expect(existsSync(`${infraRoot}${file}`), file).toBe(true)
      expect(readFileSync(`${infraRoot}${file}`, 'utf8'), file).toContain(title)
    }
  })
})

it('covers every phase and every infrastructure requirement', () => {
  const ids = rows.map(({ requirement }) => requirement.split(' ')[0])
  for (const id of [
    'FR1',
    'FR3',
    'FR5',
    'FR8',
    'FR9',
    'FR10',
    'FR11',
    'NFR1',
    'NFR4',
    'NFR5',
    'NFR6',
    'NFR7',
    'NFR10',
    'CR2',
    'CR4',
    'CR5',
    'CR6',
    '1.1',
    '1.2',
    '1.3',
    '1.4',
    '2.1',
    '2.2',
    '2.3',
    '2.4',
    '4.1',
    '4.2',
  ]) {
    expect(ids, id).toContain(id)
  }
})
