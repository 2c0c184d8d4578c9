import fc from 'fast-check'
import * as limits from '../limits.ts'
import type { Envelope, ObserveEvent, Properties } from '../types.ts'

// Everything here stays within the limits, so that parsing must leave it unchanged.

const text = (max: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((s) => s.slice(0, max))
const some = (max: number): fc.Arbitrary<string> => text(max).map((s) => s || 'x')
const id = fc.uuid({ version: 7 })
const at = fc.nat({ max: 2 ** 42 })
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n))
const positive = number.map(Math.abs)

/** `fc.record` whose `optional` keys may be missing. */
const shape = <T>(
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
) =>
  fc
    .record({ ...required, ...optional }, { requiredKeys: Object.keys(required) })
    .map((value) => ({ ...value })) as fc.Arbitrary<T>

const properties: fc.Arbitrary<Properties> = fc
  .dictionary(
    some(limits.MAX_PROPERTY_KEY_LENGTH).filter((key) => key !== '__proto__'),
    fc.oneof(text(limits.MAX_PROPERTY_VALUE_LENGTH), number, fc.boolean(), fc.constant(null)),
    { maxKeys: 10 },
  )
  .map((value) => ({ ...value }))

const page = shape(
  { path: text(limits.MAX_PATH_LENGTH) },
  { route: text(500), title: text(limits.MAX_TITLE_LENGTH) },
)
const base = { id, at, page }
const traceId = fc.stringMatching(/^[\da-f]{32}$/)
const level = fc.constantFrom('debug', 'info', 'warn', 'error')

const webVital = shape<ObserveEvent>(
  {
    ...base,
    type: fc.constant('web-vital'),
    name: fc.constantFrom('LCP', 'INP', 'CLS', 'FCP', 'TTFB', 'FID'),
    value: positive,
    delta: number,
    rating: fc.constantFrom('good', 'needs-improvement', 'poor'),
    metricId: some(limits.MAX_ID_LENGTH),
    navigationType: text(20),
  },
  { traceId, attribution: properties },
)

const error = shape<ObserveEvent>(
  {
    ...base,
    type: fc.constant('error'),
    source: fc.constantFrom('window', 'rejection', 'react', 'console', 'resource', 'manual'),
    name: text(20),
    message: text(limits.MAX_MESSAGE_LENGTH),
    handled: fc.boolean(),
    fingerprint: some(20),
    count: fc.integer({ min: 1 }),
  },
  {
    traceId,
    stack: text(limits.MAX_STACK_LENGTH),
    frames: fc.array(shape({ file: text(50) }, { function: text(20), line: fc.nat(), column: fc.nat() }), {
      maxLength: 5,
    }),
    causes: fc.array(shape({ name: text(20), message: text(20) }, { stack: text(20) }), {
      maxLength: limits.MAX_CAUSES,
    }),
    componentStack: text(50),
    breadcrumbs: fc.array(
      shape(
        {
          at,
          category: fc.constantFrom('click', 'navigation', 'request', 'console', 'error', 'custom'),
          message: text(20),
        },
        { level },
      ),
      { maxLength: 5 },
    ),
    properties,
  },
)

const pageView = shape<ObserveEvent>(
  {
    ...base,
    type: fc.constant('page-view'),
    navigationType: fc.constantFrom('load', 'push', 'replace', 'traverse', 'bfcache', 'prerender'),
  },
  { traceId, referrer: text(50) },
)

const custom = shape<ObserveEvent>(
  { ...base, type: fc.constant('custom'), name: some(20) },
  { traceId, properties },
)

const log = shape<ObserveEvent>(
  { ...base, type: fc.constant('log'), level, message: text(50) },
  { traceId, properties },
)

/** Any valid event within the limits. */
export const validEvent: fc.Arbitrary<ObserveEvent> = fc.oneof(webVital, error, pageView, custom, log)

/** A valid envelope without events. */
export const validHeader: fc.Arbitrary<Omit<Envelope, 'events'>> = shape(
  {
    schemaVersion: fc.constant(1),
    batchId: id,
    sentAt: at,
    sdk: shape({ name: text(20), version: text(20) }),
    app: shape({ name: some(20), environment: some(20) }, { release: text(20) }),
    session: shape(
      { id, startedAt: at },
      { replay: shape({ id: text(20), url: fc.webUrl({ size: 'small' }) }) },
    ),
    client: shape(
      {
        language: text(20),
        viewport: shape({ width: fc.nat(), height: fc.nat() }),
        deviceType: fc.constantFrom('mobile', 'tablet', 'desktop'),
      },
      { userAgent: text(50), connection: text(10) },
    ),
  },
  {
    dropped: fc
      .dictionary(fc.constantFrom('queue-full', 'expired', 'consent'), fc.nat())
      .map((value) => ({ ...value })),
  },
)
