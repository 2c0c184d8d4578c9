import * as z from 'zod/mini'
import {
  MAX_EVENTS_PER_BATCH,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PATH_LENGTH,
  MAX_USER_AGENT_LENGTH,
} from '../limits.ts'
import { SCHEMA_VERSION } from '../protocol.ts'
import type { ClientInfo, Envelope, SessionInfo } from '../types.ts'
import { eventSchema } from './event.ts'
import { epochMs } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { requiredText, text } from './text.ts'

const session = exactly<SessionInfo>()(
  z.object({
    id: requiredText(MAX_ID_LENGTH),
    startedAt: epochMs,
    replay: z.exactOptional(z.object({ id: text(MAX_ID_LENGTH), url: text(MAX_PATH_LENGTH) })),
  }),
)

const client = exactly<ClientInfo>()(
  z.object({
    userAgent: z.exactOptional(text(MAX_USER_AGENT_LENGTH)),
    language: text(MAX_NAME_LENGTH),
    viewport: z.object({ width: z.number(), height: z.number() }),
    deviceType: z.enum(['mobile', 'tablet', 'desktop']),
    connection: z.exactOptional(text(MAX_NAME_LENGTH)),
  }),
)

const count = z.exactOptional(z.int().check(z.nonnegative()))

/** One optional count a reason: reasons of a newer SDK are stripped, not refused. */
const dropped = z.object({
  'queue-full': count,
  'rate-limit': count,
  'too-large': count,
  expired: count,
  rejected: count,
  'send-failed': count,
  'storage-failed': count,
  'before-send': count,
  sampled: count,
  consent: count,
})

const header = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  batchId: requiredText(MAX_ID_LENGTH),
  sentAt: epochMs,
  sdk: z.object({ name: text(MAX_NAME_LENGTH), version: text(MAX_NAME_LENGTH) }),
  app: z.object({
    name: requiredText(MAX_NAME_LENGTH),
    release: z.exactOptional(text(MAX_NAME_LENGTH)),
    environment: requiredText(MAX_NAME_LENGTH),
  }),
  session,
  client,
  dropped: z.exactOptional(dropped),
}

/** An envelope with all its events valid: what an SDK must send. */
export const envelopeSchema: z.ZodMiniType<Envelope> = exactly<Envelope>()(
  z.object({ ...header, events: z.array(eventSchema).check(z.maxLength(MAX_EVENTS_PER_BATCH)) }),
)

/** An envelope whose events are still to be judged one by one. */
export const envelopeHeaderSchema: z.ZodMiniType<Omit<Envelope, 'events'> & { events: unknown[] }> = exactly<
  Omit<Envelope, 'events'> & { events: unknown[] }
>()(z.object({ ...header, events: z.array(z.unknown()) }))
