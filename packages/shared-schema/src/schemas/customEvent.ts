import * as z from 'zod/mini'
import { MAX_NAME_LENGTH } from '../limits.ts'
import type { CustomEvent } from '../types.ts'
import { eventBase } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { propertiesSchema } from './properties.ts'
import { requiredText } from './text.ts'

export const customEventSchema: z.ZodMiniType<CustomEvent> = exactly<CustomEvent>()(
  z.object({
    ...eventBase,
    type: z.literal('custom'),
    name: requiredText(MAX_NAME_LENGTH),
    properties: z.exactOptional(propertiesSchema),
  }),
)
