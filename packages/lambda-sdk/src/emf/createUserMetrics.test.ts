import { expect, it } from 'vitest'
import { validateEmf } from '../testing/index.ts'
import { createUserMetrics } from './createUserMetrics.ts'

it('a metric that was taken is not given twice', () => {
  const metrics = createUserMetrics('N', () => {})
  metrics.add({ name: 'M', value: 1, unit: 'Count', highResolution: false, mode: 'sum' }, { D: 'd' })
  expect(metrics.take().map((text) => validateEmf(JSON.parse(text)))).toEqual([[]])
  expect(metrics.take()).toEqual([])
})

it('equal dimensions share a document, different ones do not', () => {
  const metrics = createUserMetrics('N', () => {})
  const sample = { name: 'M', value: 2, unit: 'Count', highResolution: false, mode: 'sum' } as const
  for (const D of ['a', 'b', 'a']) metrics.add(sample, { D })
  expect(metrics.take().map((text) => JSON.parse(text))).toMatchObject([
    { D: 'a', M: 4 },
    { D: 'b', M: 2 },
  ])
})
