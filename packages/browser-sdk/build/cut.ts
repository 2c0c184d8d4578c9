/** A statement of a dependency that our options keep from ever doing anything, and what stands there instead. */
export type Cut = readonly [statement: string, instead: string]

/** A source without what is never run. Throws when a part is not where it was: then look again at all of them. */
export const cut = (source: string, cuts: readonly Cut[]): string =>
  cuts.reduce((code, [statement, instead]) => {
    const parts = code.split(statement)
    if (parts.length !== 2)
      throw new Error(`The dependency has ${parts.length - 1} times, not once: ${statement.trim()}`)
    return parts.join(instead)
  }, source)
