import * as z from 'zod/mini'
import { type Issue, toIssues } from './issues.ts'
import { MAX_EVENTS_PER_BATCH, MAX_REJECTIONS_LISTED } from './limits.ts'
import { SCHEMA_VERSION } from './protocol.ts'
import { envelopeHeaderSchema } from './schemas/envelope.ts'
import { eventSchemas } from './schemas/event.ts'
import { createReader, INVALID, type Reader } from './schemas/reader.ts'
import type { CollectorErrorCode, Envelope, ObserveEvent, RejectedEvent } from './types.ts'

/** Outcome of {@link parseEnvelope}. */
export type ParseEnvelopeResult =
  | {
      ok: true
      /** The envelope with its valid events only, in their order. */
      envelope: Envelope
      /** The events that were refused, in their order; at most {@link MAX_REJECTIONS_LISTED} are listed. */
      rejected: RejectedEvent[]
      /** How many were refused, listed or not. */
      rejectedCount: number
    }
  | {
      ok: false
      code: Extract<CollectorErrorCode, 'invalid_envelope' | 'unsupported_schema_version'>
      issues: Issue[]
    }

const UNKNOWN_TYPE: Issue[] = [
  { path: 'type', message: `unknown event type, expected ${[...eventSchemas.keys()].join(' | ')}` },
]
const NOT_AN_OBJECT: Issue[] = [{ path: '', message: 'expected object' }]
const TOO_MANY: Issue[] = [
  { path: '', message: `over the limit of ${MAX_EVENTS_PER_BATCH} events per batch` },
]

const readHeader = createReader(envelopeHeaderSchema)
const eventReaders = new Map([...eventSchemas].map(([type, schema]) => [type, createReader(schema)]))

/** The fast reader first; zod, which tells what is wrong, only for what it refuses. */
const parse = <T extends object>(schema: z.ZodMiniType<T>, read: Reader, value: unknown): T | Issue[] => {
  const fast = read(value)
  if (fast !== INVALID) return fast as T
  const result = z.safeParse(schema, value)
  return result.success ? result.data : toIssues(result.error)
}

const parseEvent = (value: unknown): ObserveEvent | Issue[] => {
  if (typeof value !== 'object' || value === null) return NOT_AN_OBJECT
  const { type } = value as { type?: unknown }
  const schema = eventSchemas.get(type)
  const read = eventReaders.get(type)
  return schema && read ? parse(schema, read, value) : UNKNOWN_TYPE
}

const isNewerVersion = (value: unknown): boolean => {
  const version = (value as { schemaVersion?: unknown } | null | undefined)?.schemaVersion
  return Number.isInteger(version) && (version as number) > SCHEMA_VERSION
}

/**
 * Validates what arrived at the collector. The header must be right; events are judged one by one, so a bad one never
 * costs a good one. What is merely too long is cut to its limit, unknown keys are stripped. Parts of `value` that need no
 * change are passed on, not copied. Never throws.
 *
 * @example
 * const result = parseEnvelope(JSON.parse(body))
 * if (!result.ok) return refuse(400, result.code)
 * for (const event of result.envelope.events) handle(event)
 */
export const parseEnvelope = (value: unknown): ParseEnvelopeResult => {
  if (isNewerVersion(value)) {
    const message = `expected ${SCHEMA_VERSION}; upgrade the collector before the browser SDK`
    return { ok: false, code: 'unsupported_schema_version', issues: [{ path: 'schemaVersion', message }] }
  }
  const header = parse(envelopeHeaderSchema, readHeader, value)
  if (Array.isArray(header)) return { ok: false, code: 'invalid_envelope', issues: header }

  const events: ObserveEvent[] = []
  const rejected: RejectedEvent[] = []
  let rejectedCount = 0
  header.events.forEach((candidate, index) => {
    const event = index < MAX_EVENTS_PER_BATCH ? parseEvent(candidate) : TOO_MANY
    if (!Array.isArray(event)) events.push(event)
    else if (++rejectedCount <= MAX_REJECTIONS_LISTED) rejected.push({ index, issues: event })
  })
  return { ok: true, envelope: { ...header, events }, rejected, rejectedCount }
}
