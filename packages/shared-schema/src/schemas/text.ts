import * as z from 'zod/mini'

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

/** At most `max` UTF-16 units of `value`, never half a surrogate pair. */
export const cut = (value: string, max: number): string =>
  value.length <= max ? value : value.slice(0, isHighSurrogate(value.charCodeAt(max - 1)) ? max - 1 : max)

/** A string that is cut to its limit rather than refused: nothing valid is lost. */
export const text = (max: number): z.ZodMiniString =>
  z.string().check(
    z.overwrite((value) => cut(value, max)),
    z.meta({ maxLength: max }),
  )

/** As {@link text}, and not empty. */
export const requiredText = (max: number): z.ZodMiniString =>
  z.string().check(
    z.minLength(1),
    z.overwrite((value) => cut(value, max)),
    z.meta({ maxLength: max }),
  )
