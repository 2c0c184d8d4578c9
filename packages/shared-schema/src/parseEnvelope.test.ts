import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as limits from './limits.ts'
import { parseEnvelope } from './parseEnvelope.ts'
import { validEvent, validHeader } from './testing/arbitraries.ts'
import type { Envelope, ErrorEvent } from './types.ts'

const golden = (name: string): Envelope =>
  JSON.parse(readFileSync(new URL(`../golden/v1/${name}.json`, import.meta.url), 'utf8'))

const header = golden('minimal')
const event = { type: 'custom', id: 'e1', at: 1, page: { path: '/' }, name: 'checkout' } as const

const parsed = (value: unknown): Extract<ReturnType<typeof parseEnvelope>, { ok: true }> => {
  const result = parseEnvelope(value)
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}

describe('golden envelopes', () => {
  it.each(readdirSync(new URL('../golden/v1/', import.meta.url)))('%s parses unchanged', (file) => {
    const envelope = golden(file.replace('.json', ''))
    expect(parseEnvelope(envelope)).toEqual({ ok: true, envelope, rejected: [], rejectedCount: 0 })
  })

  it('cover every event type', () => {
    const types = new Set(golden('full').events.map(({ type }) => type))
    expect([...types].sort()).toEqual(['custom', 'error', 'log', 'page-view', 'web-vital'])
  })
})

describe('the header', () => {
  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'x'],
    ['an array', []],
    ['an empty object', {}],
    ['NaN', Number.NaN],
    ['events that are no array', { ...header, events: {} }],
    ['a missing session', { ...header, session: undefined }],
    ['an infinite time', { ...header, sentAt: Number.POSITIVE_INFINITY }],
    ['an empty batch id', { ...header, batchId: '' }],
    ['an unknown device type', { ...header, client: { ...header.client, deviceType: 'fridge' } }],
    ['version 0', { ...header, schemaVersion: 0 }],
    ['version "1"', { ...header, schemaVersion: '1' }],
  ])('refuses %s', (_, value) => {
    expect(parseEnvelope(value)).toMatchObject({ ok: false, code: 'invalid_envelope' })
  })

  it('names the field and what was expected, and never the value', () => {
    expect(parseEnvelope({ ...header, app: { name: 5, environment: '' } })).toEqual({
      ok: false,
      code: 'invalid_envelope',
      issues: [
        { path: 'app.name', message: 'expected string' },
        { path: 'app.environment', message: 'expected at least 1 character' },
      ],
    })
  })

  it('tells a newer version apart from a broken envelope', () => {
    expect(parseEnvelope({ schemaVersion: 2 })).toMatchObject({
      ok: false,
      code: 'unsupported_schema_version',
    })
  })

  it('strips what it does not know, at every depth', () => {
    const { envelope } = parsed({
      ...header,
      later: 1,
      session: { ...header.session, later: 1 },
      dropped: { expired: 2, 'new-reason': 3 },
      events: [{ ...event, later: 1, page: { path: '/', later: 1 } }],
    })
    expect(envelope).toEqual({ ...header, dropped: { expired: 2 }, events: [event] })
  })
})

describe('the events', () => {
  it('rejects bad ones by index and keeps the good ones', () => {
    const { envelope, rejected } = parsed({
      ...header,
      events: [
        event,
        { ...event, type: 'hologram' },
        null,
        { ...event, name: 5 },
        { ...event, traceId: 'ABC' },
        event,
      ],
    })
    expect(envelope.events).toEqual([event, event])
    expect(rejected).toEqual([
      {
        index: 1,
        issues: [
          {
            path: 'type',
            message: 'unknown event type, expected web-vital | error | page-view | custom | log',
          },
        ],
      },
      { index: 2, issues: [{ path: '', message: 'expected object' }] },
      { index: 3, issues: [{ path: 'name', message: 'expected string' }] },
      { index: 4, issues: [{ path: 'traceId', message: 'expected format /^[\\da-f]{32}$/' }] },
    ])
  })

  it.each(['__proto__', 'constructor', 'toString', 'prototype'])('does not take %s for a type', (type) => {
    expect(parsed({ ...header, events: [{ ...event, type }] }).rejectedCount).toBe(1)
  })

  it('lists at most a few issues of one event', () => {
    const { rejected } = parsed({ ...header, events: [{ type: 'error' }] })
    expect(rejected[0]?.issues).toHaveLength(5)
  })

  it('takes the first events of too many, and an answer stays small', () => {
    const { envelope, rejected, rejectedCount } = parsed({ ...header, events: Array(100_000).fill(event) })
    expect(envelope.events).toHaveLength(limits.MAX_EVENTS_PER_BATCH)
    expect(rejectedCount).toBe(100_000 - limits.MAX_EVENTS_PER_BATCH)
    expect(rejected).toHaveLength(limits.MAX_REJECTIONS_LISTED)
    expect(rejected[0]).toEqual({
      index: 100,
      issues: [{ path: '', message: 'over the limit of 100 events per batch' }],
    })
  })

  it('refuses numbers that JSON cannot carry', () => {
    const { rejectedCount } = parsed({
      ...header,
      events: [
        { ...event, at: Number.NaN },
        { ...event, properties: { a: Infinity } },
      ],
    })
    expect(rejectedCount).toBe(2)
  })
})

describe('limits cut, they do not refuse', () => {
  const error: ErrorEvent = {
    ...event,
    type: 'error',
    source: 'window',
    name: 'x'.repeat(1_000),
    message: 'x'.repeat(1_000_000),
    stack: 'x'.repeat(1_000_000),
    frames: Array(1_000).fill({ file: 'a.js' }),
    causes: Array(1_000).fill({ name: 'Error', message: 'x' }),
    breadcrumbs: Array.from({ length: 1_000 }, (_, at) => ({
      at,
      category: 'click',
      message: 'x'.repeat(1_000),
    })),
    handled: false,
    fingerprint: 'f',
    count: 1,
    properties: Object.fromEntries(
      Array.from({ length: 1_000 }, (_, i) => [`${i}`.padStart(100, 'k'), 'x'.repeat(1_000)]),
    ),
  }
  const [cut] = parsed({ ...header, events: [error] }).envelope.events as [ErrorEvent]

  it('of strings', () => {
    expect(cut.name).toHaveLength(limits.MAX_NAME_LENGTH)
    expect(cut.message).toHaveLength(limits.MAX_MESSAGE_LENGTH)
    expect(cut.stack).toHaveLength(limits.MAX_STACK_LENGTH)
  })

  it('of lists: the first frames and causes, the last breadcrumbs', () => {
    expect(cut.frames).toHaveLength(limits.MAX_STACK_FRAMES)
    expect(cut.causes).toHaveLength(limits.MAX_CAUSES)
    expect(cut.breadcrumbs).toHaveLength(limits.MAX_BREADCRUMBS)
    expect(cut.breadcrumbs?.at(-1)?.at).toBe(999)
    expect(cut.breadcrumbs?.at(-1)?.message).toHaveLength(limits.MAX_BREADCRUMB_LENGTH)
  })

  it('of properties', () => {
    const entries = Object.entries(cut.properties ?? {})
    // The keys of this event are equal once cut; the next test has different ones.
    expect(entries).toEqual([
      ['k'.repeat(limits.MAX_PROPERTY_KEY_LENGTH), 'x'.repeat(limits.MAX_PROPERTY_VALUE_LENGTH)],
    ])
  })

  it('of the number of properties', () => {
    const properties = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]))
    const [first] = parsed({ ...header, events: [{ ...event, properties }] }).envelope.events
    expect(first).toMatchObject({ properties: { k0: 0, k49: 49 } })
    expect(Object.keys((first as { properties: object }).properties)).toHaveLength(limits.MAX_PROPERTIES)
  })

  it('without splitting a surrogate pair', () => {
    const [first] = parsed({ ...header, events: [{ ...event, name: `${'x'.repeat(127)}😀` }] }).envelope
      .events
    expect(first).toMatchObject({ name: 'x'.repeat(127) })
  })
})

describe('hostile input', () => {
  it('pollutes no prototype', () => {
    const polluted = JSON.parse(
      JSON.stringify({ ...header, events: [{ ...event, properties: { ok: 1 } }] }).replace(
        '"ok":1',
        '"__proto__":"x","constructor":"y","prototype":"z"',
      ),
    )
    const [first] = parsed(polluted).envelope.events
    expect(Object.getPrototypeOf((first as { properties: object }).properties)).toBe(Object.prototype)
    expect(first).toMatchObject({ properties: { constructor: 'y', prototype: 'z' } })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('survives deep nesting', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    expect(
      parsed({ ...header, events: [deep, { ...event, properties: { deep } }, event] }).envelope.events,
    ).toEqual([event])
    expect(parseEnvelope({ ...header, session: deep }).ok).toBe(false)
  })

  it('keeps lone surrogates, which JSON can carry', () => {
    const [first] = parsed({ ...header, events: [{ ...event, name: '\ud800' }] }).envelope.events
    expect(first).toMatchObject({ name: '\ud800' })
  })
})

describe('properties', () => {
  it('no JSON makes it throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseEnvelope(value)))
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (events) => {
        const { envelope, rejectedCount } = parsed({ ...header, events })
        expect(envelope.events.length + rejectedCount).toBe(events.length)
      }),
    )
  })

  it('a valid envelope survives unchanged', () => {
    fc.assert(
      fc.property(validHeader, fc.array(validEvent, { maxLength: 5 }), (valid, events) => {
        const envelope = { ...valid, events }
        expect(parseEnvelope(JSON.parse(JSON.stringify(envelope)))).toEqual({
          ok: true,
          envelope,
          rejected: [],
          rejectedCount: 0,
        })
      }),
    )
  })

  it('exactly the bad events are rejected, with their indexes', () => {
    const bad = fc.oneof(
      fc.constant(null),
      fc.jsonValue().filter((value) => typeof value !== 'object'),
      validEvent.map((valid) => ({ ...valid, type: 'unknown' })),
      validEvent.map((valid) => ({ ...valid, page: 'home' })),
      validEvent.map(({ id: _, ...rest }) => rest),
    )
    const item = fc.oneof(
      validEvent.map((value) => ({ good: true, value: value as unknown })),
      bad.map((value) => ({ good: false, value: value as unknown })),
    )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const { envelope, rejected } = parsed({ ...header, events: items.map(({ value }) => value) })
        expect(envelope.events).toEqual(items.filter(({ good }) => good).map(({ value }) => value))
        expect(rejected.map(({ index }) => index)).toEqual(
          items.flatMap(({ good }, index) => (good ? [] : [index])),
        )
        expect(rejected.every(({ issues }) => issues.length > 0)).toBe(true)
      }),
    )
  })
})
