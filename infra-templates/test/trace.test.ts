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
      // As the title of a test, or the beginning of one: a comment that says the same proves nothing.
      const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      expect(readFileSync(`${infraRoot}${file}`, 'utf8'), file).toMatch(new RegExp(`\\(\\s*['"\`]${literal}`))
    }
  })
})

it('cites a measurement that reached its number', () => {
  const results = JSON.parse(readFileSync(`${infraRoot}../benchmarks/results/forwarder.json`, 'utf8'))
  const cited = rows.find(({ tests }) => tests.includes('benchmarks/results/forwarder.json'))
  expect(cited?.requirement).toContain('2.4')
  expect(results.eventsPerCpuSecond.median).toBeGreaterThanOrEqual(10_000)
  const { sent, documents, lost, injected } = results.underFaults
  expect([documents, lost]).toEqual([sent, 0])
  for (const [fault, count] of Object.entries(injected)) expect(count, fault).toBeGreaterThan(0)
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
