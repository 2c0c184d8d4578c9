import type { OptionRule } from './checkOptions.ts'

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/** A non-empty string. */
export const text: OptionRule = { accepts: isText, expected: 'a non-empty string' }

/** True or false. */
export const flag: OptionRule = { accepts: (value) => typeof value === 'boolean', expected: 'true or false' }

/** A function. */
export const callable: OptionRule = {
  accepts: (value) => typeof value === 'function',
  expected: 'a function',
}

/** A share between 0 and 1. */
export const rate: OptionRule = {
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  expected: 'a number from 0 to 1',
}

/** A whole number within bounds. */
export const integer = (min: number, max: number): OptionRule => ({
  accepts: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
  expected: `a whole number from ${min} to ${max}`,
})

/** One of the given strings. */
export const oneOf = (...names: string[]): OptionRule => ({
  accepts: (value) => typeof value === 'string' && names.includes(value),
  expected: `one of ${names.map((name) => `"${name}"`).join(', ')}`,
})

/** A non-empty array of non-empty strings. */
export const texts: OptionRule = {
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  expected: 'a non-empty array of strings',
}

/** A flat object of strings. */
export const textRecord: OptionRule = {
  accepts: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string'),
  expected: 'an object whose values are strings',
}

/** Any of several rules. */
export const either = (...rules: OptionRule[]): OptionRule => ({
  accepts: (value) => rules.some((rule) => rule.accepts(value)),
  expected: rules.map((rule) => rule.expected).join(' or '),
})

/** Exactly `false`: the feature is switched off. */
export const off: OptionRule = { accepts: (value) => value === false, expected: 'false' }

/** An object; its own keys are checked where it is resolved. */
export const group: OptionRule = {
  accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  expected: 'an object',
}
