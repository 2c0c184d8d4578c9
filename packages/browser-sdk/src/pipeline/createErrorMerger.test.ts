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

/** A merger whose queue has room, and whether it took an error for one that it knew. */
const createMerger = () => {
  const { add, startOver } = createErrorMerger()
  const absorb = (error: ErrorSignal) => {
    let isNew = false
    add(error, () => {
      isNew = true
      return true
    })
    return !isNew
  }
  return { absorb, startOver }
}

it('counts what looks the same, numbers aside', () => {
  const { absorb } = createMerger()
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
  const { absorb } = createMerger()
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
  const { absorb } = createMerger()
  const error = new Error('cannot render')
  const first = signal('window', error)
  absorb(first)
  const second = { ...signal('react', error), details: { thrown: error, componentStack: 'at Cart' } }
  expect(absorb(second)).toBe(true)
  expect(first).toMatchObject({ source: 'react', count: 1, details: { componentStack: 'at Cart' } })
})

it('takes a second rendering by React for the same error, a later one for another', () => {
  const { absorb } = createMerger()
  const throwing = () => ({ message: 'cannot render', stack: 'at Cart (a.js:1:1)' })
  const first = signal('react', throwing(), 1_000)
  absorb(first)
  absorb(signal('react', throwing(), 1_010))
  expect(first.count).toBe(1)
  absorb(signal('react', throwing(), 5_000))
  expect(first.count).toBe(2)
})

it('counts the same object thrown again and again', () => {
  const { absorb } = createMerger()
  const error = new Error('again')
  const first = signal('window', error)
  absorb(first)
  absorb(signal('window', error))
  expect(first.count).toBe(2)
})

it('starts over when a batch is sealed, and survives what cannot be read', () => {
  const { absorb, startOver } = createMerger()
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
  const { absorb } = createMerger()
  const throwing = () => ({ message: 'cannot render', stack: 'at Cart (a.js:1:1)' })
  const first = signal('react', throwing(), 1_000)
  expect(absorb(first)).toBe(false)
  expect(absorb(signal('window', throwing(), 1_010))).toBe(true)
  expect(first).toMatchObject({ source: 'react', count: 1 })
  expect(absorb(signal('window', throwing(), 5_000))).toBe(true)
  expect(first.count).toBe(2)
})

it('adds nothing to an error that found no room', () => {
  const { add } = createErrorMerger()
  const error = new Error('a')
  const [lost, kept, later] = [1, 2, 3].map(() => signal('window', error)) as [
    ErrorSignal,
    ErrorSignal,
    ErrorSignal,
  ]
  expect(add(lost, () => false)).toBe(false)
  expect(add(kept, () => true)).toBe(true)
  expect(add(later, () => false)).toBe(true)
  expect([lost.count, kept.count]).toEqual([1, 2])
})
