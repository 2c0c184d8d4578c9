import { expect, it } from 'vitest'
import type { Signal } from '../signals/Signal.ts'
import { createScriptErrorCount } from './createScriptErrorCount.ts'

const error = (message: string, source: 'window' | 'manual' = 'window'): Signal => ({
  type: 'error',
  id: 'id',
  at: 1,
  page: { path: '/' },
  source,
  handled: false,
  name: 'Error',
  message: '[unmasked]',
  fingerprint: '',
  count: 1,
  details: { thrown: { name: 'Error', message, stack: '    at :0:0' } },
})

it('counts errors of which nothing is known in one event, and the next ones in another', () => {
  const { count, startOver } = createScriptErrorCount()
  const first = count(error('Script error.'))
  expect(first).toMatchObject([
    { type: 'custom', name: 'script-error', details: { properties: { count: 1 } } },
  ])
  expect(count(error('Script error'))).toEqual([])
  expect(first).toMatchObject([{ details: { properties: { count: 2 } } }])
  startOver()
  expect(count(error('Script error.'))).toMatchObject([{ details: { properties: { count: 1 } } }])
})

it('leaves all other events alone', () => {
  const { count } = createScriptErrorCount()
  expect(count(error('Script error. In our own words'))).toBeUndefined()
  expect(count(error('Script error.', 'manual'))).toBeUndefined()
  expect(
    count({ type: 'page-view', id: '', at: 1, page: { path: '/' }, navigationType: 'load' }),
  ).toBeUndefined()
})
