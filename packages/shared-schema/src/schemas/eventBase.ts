import * as z from 'zod/mini'
import { MAX_ID_LENGTH, MAX_PATH_LENGTH, MAX_TITLE_LENGTH } from '../limits.ts'
import type { PageInfo } from '../types.ts'
import { exactly } from './exactly.ts'
import { requiredText, text } from './text.ts'

/** Epoch milliseconds. */
export const epochMs: z.ZodMiniNumber = z.number().check(z.nonnegative())

const page: z.ZodMiniType<PageInfo> = exactly<PageInfo>()(
  z.object({
    path: text(MAX_PATH_LENGTH),
    route: z.exactOptional(text(MAX_PATH_LENGTH)),
    title: z.exactOptional(text(MAX_TITLE_LENGTH)),
  }),
)

/** Fields that every event carries. */
export const eventBase: {
  id: z.ZodMiniString
  at: z.ZodMiniNumber
  page: z.ZodMiniType<PageInfo>
  traceId: z.ZodMiniExactOptional<z.ZodMiniString>
} = {
  id: requiredText(MAX_ID_LENGTH),
  at: epochMs,
  page,
  traceId: z.exactOptional(z.string().check(z.regex(/^[\da-f]{32}$/))),
}
