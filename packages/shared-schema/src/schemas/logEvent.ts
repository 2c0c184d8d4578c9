import * as z from 'zod/mini'
import { MAX_MESSAGE_LENGTH } from '../limits.ts'
import type { LogEvent, LogLevel } from '../types.ts'
import { eventBase } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { propertiesSchema } from './properties.ts'
import { text } from './text.ts'

export const logLevel: z.ZodMiniType<LogLevel> = exactly<LogLevel>()(
  z.enum(['debug', 'info', 'warn', 'error']),
)

export const logEventSchema: z.ZodMiniType<LogEvent> = exactly<LogEvent>()(
  z.object({
    ...eventBase,
    type: z.literal('log'),
    level: logLevel,
    message: text(MAX_MESSAGE_LENGTH),
    properties: z.exactOptional(propertiesSchema),
  }),
)
