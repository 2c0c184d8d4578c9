import * as z from 'zod/mini'

/** A list that keeps its first `max` items: a report with too many frames is still a report. */
export const firstOf = <T extends z.ZodMiniType>(item: T, max: number): z.ZodMiniArray<T> =>
  z.array(item).check(
    z.overwrite((items) => (items.length > max ? items.slice(0, max) : items)),
    z.meta({ maxItems: max }),
  )

/** A list that keeps its last `max` items: of breadcrumbs, those nearest to the error. */
export const lastOf = <T extends z.ZodMiniType>(item: T, max: number): z.ZodMiniArray<T> =>
  z.array(item).check(
    z.overwrite((items) => (items.length > max ? items.slice(-max) : items)),
    z.meta({ maxItems: max }),
  )
