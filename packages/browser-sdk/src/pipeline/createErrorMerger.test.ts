import { expect, it } from 'vitest'
import type { Signal } from '../signals/Signal.ts'
import { createErrorMerger } from './createErrorMerger.ts'

type ErrorSignal = Extract<Signal, { type: 'error' }>

const signal = (source: ErrorSignal['source'], thrown: unknown, at = 0): ErrorSignal => ({
  type: 'error',
  id: '',
  at,
  page: { path: '/' },
  source,
  handled: false,
  name: 'Error',
  message: '',
  fingerprint: '',
  count: 1,
  details: { thrown },
})

it('counts what looks the same, numbers aside', () => {
  const { absorb } = createErrorMerger()
  const first = signal('window', { message: 'order 1 failed', stack: 'at f (a.js:1:1)' })
  expect(absorb(first)).toBe(false)
  for (let order = 2; order <= 100; order++) {
    expect(absorb(signal('window', { message: `order ${order} failed`, stack: 'at f (a.js:1:1)' }))).toBe(
      true,
    )
  }
  expect(first.count).toBe(100)
})

it('keeps apart other messages, places and sources', () => {
  const { absorb } = createErrorMerger()
  const thrown = [
    signal('window', { message: 'a', stack: 'at f (a.js:1:1)' }),
    signal('window', { message: 'b', stack: 'at f (a.js:1:1)' }),
    signal('window', { message: 'a', stack: 'at g (a.js:1:1)' }),
    signal('rejection', { message: 'a', stack: 'at f (a.js:1:1)' }),
    signal('rejection', undefined),
  ]
  expect(thrown.map(absorb)).toEqual([false, false, false, false, false])
})

it('reports one object once, with what React knows of it', () => {
  const { absorb } = createErrorMerger()
  const error = new Error('cannot render')
  const first = signal('window', error)
  absorb(first)
  const second = { ...signal('react', error), details: { thrown: error, componentStack: 'at Cart' } }
  expect(absorb(second)).toBe(true)
  expect(first).toMatchObject({ source: 'react', count: 1, details: { componentStack: 'at Cart' } })
})

it('takes a second rendering by React for the same error, a later one for another', () => {
  const { absorb } = createErrorMerger()
  const throwing = () => ({ message: 'cannot render', stack: 'at Cart (a.js:1:1)' })
  const first = signal('react', throwing(), 1_000)
  absorb(first)
  absorb(signal('react', throwing(), 1_010))
  expect(first.count).toBe(1)
  absorb(signal('react', throwing(), 5_000))
  expect(first.count).toBe(2)
})

it('counts the same object thrown again and again', () => {
  const { absorb } = createErrorMerger()
  const error = new Error('again')
  const first = signal('window', error)
  absorb(first)
  absorb(signal('window', error))
  expect(first.count).toBe(2)
})

it('starts over when a batch is sealed, and survives what cannot be read', () => {
  const { absorb, startOver } = createErrorMerger()
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no')
      },
    },
  )
  expect(absorb(signal('window', hostile))).toBe(false)
  startOver()
  expect(absorb(signal('window', new Error('a')))).toBe(false)
})

it('takes what React 18 hands on to the window for the error that its boundary saw', () => {
  const { absorb } = createErrorMerger()
  const throwing = () => ({ message: 'cannot render', stack: 'at Cart (a.js:1:1)' })
  const first = signal('react', throwing(), 1_000)
  expect(absorb(first)).toBe(false)
  expect(absorb(signal('window', throwing(), 1_010))).toBe(true)
  expect(first).toMatchObject({ source: 'react', count: 1 })
  expect(absorb(signal('window', throwing(), 5_000))).toBe(true)
  expect(first.count).toBe(2)
})
