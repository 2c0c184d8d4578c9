import { expect, it } from 'vitest'
import { resolveSettings } from '../config/resolveSettings.ts'
import { validateEmf } from '../testing/index.ts'
import { createUserMetrics } from './createUserMetrics.ts'

const create = () =>
  createUserMetrics({
    settings: resolveSettings(),
    linePrefix: ',"service":"s"',
    context: undefined,
    properties: undefined,
  })
const parse = (lines: string): unknown[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

it('a metric that was taken is not given twice', () => {
  const metrics = create()
  metrics.add({ name: 'M', value: 1, unit: 'Count', highResolution: false, mode: 'sum' }, { D: 'd' })
  expect(parse(metrics.take()).map((document) => validateEmf(document))).toEqual([[]])
  expect(metrics.take()).toBe('')
})

it('equal dimensions share a document, different ones do not', () => {
  const metrics = create()
  const sample = { name: 'M', value: 2, unit: 'Count', highResolution: false, mode: 'sum' } as const
  for (const D of ['a', 'b', 'a']) metrics.add(sample, { D })
  expect(parse(metrics.take())).toMatchObject([
    { D: 'a', M: 4 },
    { D: 'b', M: 2 },
  ])
})
