import { nearestName } from './nearestName.ts'
import { ObserveConfigError } from './ObserveConfigError.ts'

/** What one option accepts: `expected` completes the sentence "must be …". */
export interface OptionRule {
  accepts: (value: unknown) => boolean
  expected: string
}

/** One rule per option; a key missing here is an unknown option. */
export type OptionRules<T> = { [K in keyof Required<T>]: OptionRule }

const show = (value: unknown): string => {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 80)
  } catch {
    return typeof value
  }
}

/** Throws an {@link ObserveConfigError} naming the owner, the option and the fix. */
export const checkOptions = <T extends object>(owner: string, options: T, rules: OptionRules<T>): void => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ObserveConfigError(
      'OBSERVE_INVALID_OPTION',
      `${owner} takes an options object, got ${show(options)}.`,
    )
  }
  const names = Object.keys(rules)
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof T] : undefined
    if (!rule) {
      const meant = nearestName(name, names)
      const hint = meant ? `Did you mean "${meant}"?` : `Valid options: ${names.join(', ')}.`
      throw new ObserveConfigError('OBSERVE_UNKNOWN_OPTION', `${owner} has no option "${name}". ${hint}`)
    }
    if (value !== undefined && !rule.accepts(value)) {
      throw new ObserveConfigError(
        'OBSERVE_INVALID_OPTION',
        `${owner} option "${name}" must be ${rule.expected}, got ${show(value)}.`,
      )
    }
  }
}
