import type * as z from 'zod/mini'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Flattens intersections, so that types are compared by their properties and not by how they were written. */
type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T

/**
 * Proves at compile time that a schema parses to exactly `T`: the hand-written type, which the browser can import
 * without zod, and the schema cannot drift apart.
 */
export const exactly =
  <T>() =>
  <S extends z.ZodMiniType>(
    schema: S & (Equal<Flat<z.output<S>>, Flat<T>> extends true ? unknown : 'the schema and the type differ'),
  ): z.ZodMiniType<T> =>
    schema as unknown as z.ZodMiniType<T>
