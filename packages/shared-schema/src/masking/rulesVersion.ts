/** Version of the masking rule set. Moves whenever a rule starts or stops masking something. */
export const MASKING_RULES_VERSION = 1
