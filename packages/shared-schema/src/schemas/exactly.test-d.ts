import * as z from 'zod/mini'
import type { PageInfo } from '../types.ts'
import { exactly } from './exactly.ts'

// Compiled by `npm run typecheck`: an expected error that does not occur is an error itself.

exactly<PageInfo>()(
  z.object({ path: z.string(), route: z.exactOptional(z.string()), title: z.exactOptional(z.string()) }),
)

// @ts-expect-error a field is missing
exactly<PageInfo>()(z.object({ path: z.string(), route: z.exactOptional(z.string()) }))

exactly<PageInfo>()(
  // @ts-expect-error a field too many
  z.object({
    path: z.string(),
    route: z.exactOptional(z.string()),
    title: z.exactOptional(z.string()),
    more: z.string(),
  }),
)

exactly<PageInfo>()(
  // @ts-expect-error optional here, required there
  z.object({
    path: z.exactOptional(z.string()),
    route: z.exactOptional(z.string()),
    title: z.exactOptional(z.string()),
  }),
)

exactly<PageInfo>()(
  // @ts-expect-error another type
  z.object({ path: z.number(), route: z.exactOptional(z.string()), title: z.exactOptional(z.string()) }),
)
