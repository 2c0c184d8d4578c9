import * as z from 'zod/mini'
import {
  MAX_BREADCRUMB_LENGTH,
  MAX_BREADCRUMBS,
  MAX_CAUSES,
  MAX_COMPONENT_STACK_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PATH_LENGTH,
  MAX_STACK_FRAMES,
  MAX_STACK_LENGTH,
} from '../limits.ts'
import type { ErrorEvent } from '../types.ts'
import { epochMs, eventBase } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { firstOf, lastOf } from './list.ts'
import { logLevel } from './logEvent.ts'
import { propertiesSchema } from './properties.ts'
import { requiredText, text } from './text.ts'

const stackFrame = z.object({
  function: z.exactOptional(text(MAX_NAME_LENGTH)),
  file: text(MAX_PATH_LENGTH),
  line: z.exactOptional(z.number()),
  column: z.exactOptional(z.number()),
})

const cause = z.object({
  name: text(MAX_NAME_LENGTH),
  message: text(MAX_MESSAGE_LENGTH),
  stack: z.exactOptional(text(MAX_STACK_LENGTH)),
})

const breadcrumb = z.object({
  at: epochMs,
  category: z.enum(['click', 'navigation', 'request', 'console', 'error', 'custom']),
  message: text(MAX_BREADCRUMB_LENGTH),
  level: z.exactOptional(logLevel),
})

export const errorEventSchema: z.ZodMiniType<ErrorEvent> = exactly<ErrorEvent>()(
  z.object({
    ...eventBase,
    type: z.literal('error'),
    source: z.enum(['window', 'rejection', 'react', 'console', 'resource', 'manual']),
    name: text(MAX_NAME_LENGTH),
    message: text(MAX_MESSAGE_LENGTH),
    stack: z.exactOptional(text(MAX_STACK_LENGTH)),
    frames: z.exactOptional(firstOf(stackFrame, MAX_STACK_FRAMES)),
    causes: z.exactOptional(firstOf(cause, MAX_CAUSES)),
    componentStack: z.exactOptional(text(MAX_COMPONENT_STACK_LENGTH)),
    handled: z.boolean(),
    fingerprint: requiredText(MAX_NAME_LENGTH),
    count: z.int().check(z.positive()),
    breadcrumbs: z.exactOptional(lastOf(breadcrumb, MAX_BREADCRUMBS)),
    properties: z.exactOptional(propertiesSchema),
  }),
)
