/** CSS selectors of fields whose values are personal whatever they contain. */
export const FIELD_SELECTORS: readonly string[] = []
