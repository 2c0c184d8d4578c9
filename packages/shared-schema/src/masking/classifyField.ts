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

/** The kind of personal data a field holds, or undefined when it holds none. */
export const classifyField = (_field: FieldDescription): FieldKind | undefined => undefined
