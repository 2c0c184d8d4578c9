import * as z from 'zod/mini'
import type { EventType, ObserveEvent } from '../types.ts'
import { customEventSchema } from './customEvent.ts'
import { errorEventSchema } from './errorEvent.ts'
import { exactly } from './exactly.ts'
import { logEventSchema } from './logEvent.ts'
import { pageViewEventSchema } from './pageViewEvent.ts'
import { webVitalEventSchema } from './webVitalEvent.ts'

const schemas = {
  'web-vital': webVitalEventSchema,
  error: errorEventSchema,
  'page-view': pageViewEventSchema,
  custom: customEventSchema,
  log: logEventSchema,
} satisfies { [T in EventType]: z.ZodMiniType<Extract<ObserveEvent, { type: T }>> }

/** The schema of every event type, by its `type`. A map, because `type` comes from outside and may be `constructor`. */
export const eventSchemas: ReadonlyMap<unknown, z.ZodMiniType<ObserveEvent>> = new Map(
  Object.entries(schemas),
)

/** Any event of the wire contract. */
export const eventSchema: z.ZodMiniType<ObserveEvent> = exactly<ObserveEvent>()(
  z.union(Object.values(schemas)),
)
