import type { FieldKind } from './classifyField.ts'
import { ATTRIBUTE_WORDS, FIELD_RULES, toWords } from './fieldRules.ts'

/** The kind of personal data that the words of a name, id or label announce. */
export const wordsKind = (identifier: unknown): FieldKind | undefined => {
  if (typeof identifier !== 'string') return undefined
  const words = toWords(identifier)
  return ATTRIBUTE_WORDS.test(words) ? undefined : FIELD_RULES.find(([, rule]) => rule.test(words))?.[0]
}
