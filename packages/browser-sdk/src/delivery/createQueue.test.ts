import { MAX_BATCH_BYTES, MAX_EVENTS_PER_BATCH } from '@acme/observe-schema/limits'
import type { Envelope, ObserveEvent, SessionInfo } from '@acme/observe-schema/types'
import { beforeEach, expect, it } from 'vitest'
import type { Signal } from '../signals/Signal.ts'
import { createDrops, type Drops } from './createDrops.ts'
import { createQueue, MAX_QUEUED_EVENTS, type Queue } from './createQueue.ts'

const one: SessionInfo = { id: 'session-1', startedAt: 1 }
const two: SessionInfo = { id: 'session-2', startedAt: 2 }
const signal = (message: string): Signal => ({
  type: 'log',
  level: 'info',
  message,
  id: message.slice(0, 9),
  at: 1,
  page: { path: '/' },
})
const envelopes = (batches: { body: string }[]): Envelope[] => batches.map(({ body }) => JSON.parse(body))

let drops: Drops
let queue: Queue

beforeEach(() => {
  drops = createDrops()
  queue = createQueue({
    now: () => 1_750_000_000_000,
    drops,
    sender: (session) => ({ schemaVersion: 1, session }) as never,
    finish: (signals) => signals as ObserveEvent[],
  })
})

it('seals what waits, in order, under one id', () => {
  queue.add(signal('a'), one)
  queue.add(signal('b'), one)
  const [batch, ...others] = queue.take()
  expect(others).toEqual([])
  const envelope: Envelope = JSON.parse(batch?.body ?? '')
  expect(envelope).toMatchObject({
    schemaVersion: 1,
    batchId: batch?.id,
    sentAt: 1_750_000_000_000,
    session: one,
  })
  expect(envelope.events.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(batch?.count).toBe(2)
  expect(queue.take()).toEqual([])
})

it('never mixes sessions', () => {
  queue.add(signal('a'), one)
  queue.add(signal('b'), two)
  queue.add(signal('c'), one)
  expect(envelopes(queue.take()).map(({ session, events }) => [session.id, events.length])).toEqual([
    ['session-1', 2],
    ['session-2', 1],
  ])
})

it('keeps every batch within the bytes and the events of the contract, in UTF-8', () => {
  for (let i = 0; i < 150; i++) queue.add(signal(`${i}${'日本語€'.repeat(200)}`), one)
  const batches = queue.take()
  expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(150)
  for (const { body, bytes, count } of batches) {
    expect(bytes).toBe(Buffer.byteLength(body))
    expect(bytes).toBeLessThanOrEqual(MAX_BATCH_BYTES)
    expect(count).toBeLessThanOrEqual(MAX_EVENTS_PER_BATCH)
  }
  for (let i = 0; i < 250; i++) queue.add(signal('x'), one)
  expect(queue.take().map(({ count }) => count)).toEqual([100, 100, 50])
})

it('counts an event that fits no batch, and tells the next one', () => {
  queue.add(signal('x'.repeat(MAX_BATCH_BYTES)), one)
  queue.add(signal('small'), one)
  const [envelope] = envelopes(queue.take())
  expect(envelope?.dropped).toEqual({ 'too-large': 1 })
  expect(envelope?.events).toHaveLength(1)
})

it('is bounded, and counts what it cannot take', () => {
  for (let i = 0; i < MAX_QUEUED_EVENTS + 7; i++) queue.add(signal('x'), one)
  expect(queue.size()).toBe(MAX_QUEUED_EVENTS)
  expect(drops.total).toEqual({ 'queue-full': 7 })
  const [first, second] = envelopes(queue.take())
  expect(first?.dropped).toEqual({ 'queue-full': 7 })
  expect(second?.dropped).toBeUndefined()
})

it('forgets on demand', () => {
  queue.add(signal('a'), one)
  expect(queue.clear()).toBe(1)
  expect(queue.take()).toEqual([])
})
