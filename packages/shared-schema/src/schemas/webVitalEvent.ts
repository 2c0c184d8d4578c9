import * as z from 'zod/mini'
import { MAX_ID_LENGTH, MAX_NAME_LENGTH } from '../limits.ts'
import type { WebVitalEvent } from '../types.ts'
import { eventBase } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { propertiesSchema } from './properties.ts'
import { requiredText, text } from './text.ts'

export const webVitalEventSchema: z.ZodMiniType<WebVitalEvent> = exactly<WebVitalEvent>()(
  z.object({
    ...eventBase,
    type: z.literal('web-vital'),
    name: z.enum(['LCP', 'INP', 'CLS', 'FCP', 'TTFB', 'FID']),
    value: z.number().check(z.nonnegative()),
    delta: z.number(),
    rating: z.enum(['good', 'needs-improvement', 'poor']),
    metricId: requiredText(MAX_ID_LENGTH),
    navigationType: text(MAX_NAME_LENGTH),
    attribution: z.exactOptional(propertiesSchema),
  }),
)
