import * as z from 'zod/mini'
import { MAX_PATH_LENGTH } from '../limits.ts'
import type { PageViewEvent } from '../types.ts'
import { eventBase } from './eventBase.ts'
import { exactly } from './exactly.ts'
import { text } from './text.ts'

export const pageViewEventSchema: z.ZodMiniType<PageViewEvent> = exactly<PageViewEvent>()(
  z.object({
    ...eventBase,
    type: z.literal('page-view'),
    referrer: z.exactOptional(text(MAX_PATH_LENGTH)),
    navigationType: z.enum(['load', 'push', 'replace', 'traverse', 'bfcache', 'prerender']),
  }),
)
