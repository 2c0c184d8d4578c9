import { wordsKind } from './wordsKind.ts'

/** Kinds of personal data a form field may hold. */
export type FieldKind =
  | 'email'
  | 'name'
  | 'card'
  | 'password'
  | 'ssn'
  | 'phone'
  | 'address'
  | 'birth-date'
  | 'token'

/** What is known of a form field. */
export interface FieldDescription {
  type?: string | undefined
  autocomplete?: string | undefined
  name?: string | undefined
  id?: string | undefined
  label?: string | undefined
}

/** Types that decide alone (https://html.spec.whatwg.org/multipage/input.html). */
const TYPE_KINDS = new Map<string, FieldKind>([
  ['password', 'password'],
  ['email', 'email'],
  ['tel', 'phone'],
])

/** Types without free text: nothing a person typed can be in them. */
const HARMLESS_TYPES = new Set(['button', 'checkbox', 'color', 'image', 'radio', 'range', 'reset', 'submit'])

/** Autofill field names (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill). */
const AUTOFILL_KINDS: readonly (readonly [FieldKind, RegExp])[] = [
  ['password', /^(?:(?:new|current)-password|one-time-code|webauthn)$/],
  ['email', /^email$/],
  ['phone', /^tel(?:-.+)?$/],
  ['name', /^(?:(?:cc-)?(?:given-|additional-|family-)?name|nickname|username)$/],
  ['card', /^cc-(?!type)/],
  ['birth-date', /^bday(?:-.+)?$/],
  ['address', /^(?:street-address|address-.+|postal-code)$/],
]

const autofillKind = (token: string): FieldKind | undefined =>
  AUTOFILL_KINDS.find(([, pattern]) => pattern.test(token))?.[0]

const text = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase().slice(0, 200) : '')

/**
 * The kind of personal data a form field holds, or undefined when it holds none. Judged by type, then autofill tokens,
 * then name, id and label.
 *
 * @example
 * classifyField({ name: 'billing[firstName]' }) // 'name'
 * classifyField({ name: 'product-name' }) // undefined
 */
export const classifyField = (field: FieldDescription): FieldKind | undefined => {
  const { type, autocomplete, name, id, label } = field ?? {}
  const inputType = text(type).trim()
  if (HARMLESS_TYPES.has(inputType)) return undefined
  let kind = TYPE_KINDS.get(inputType)
  for (const token of text(autocomplete).split(/\s+/)) kind ??= autofillKind(token)
  return kind ?? wordsKind(name) ?? wordsKind(id) ?? wordsKind(label)
}
