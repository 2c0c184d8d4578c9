import { classifyField, type FieldKind } from './classifyField.ts'

/** Keys that mean something else in a log object than in a form: the `name` of an error, the `address` of a server. */
const HARMLESS_KEYS = /^(?:name|(?:remote|local)?_?address|addr|city|town|pin|cp|card|pan|mail|mobile|cell)$/i

/** What `maskText` left in a key that was personal itself; in `billing[email]` the brackets are the application's. */
const MASKED = /(^|\W)\[(?:email|phone|card|ssn|iban|token|ip)\]/g

/** Most keys remembered; they may come from outside, so the memory is bounded. */
const MAX_REMEMBERED = 2_000
const MAX_REMEMBERED_LENGTH = 100

const remembered: Map<string, FieldKind | undefined> = /* @__PURE__ */ new Map()

/** The kind of personal data an object's key announces. Log keys repeat, so verdicts are remembered. */
export const keyKind = (key: string): FieldKind | undefined => {
  if (remembered.has(key)) return remembered.get(key)
  const kind = HARMLESS_KEYS.test(key) ? undefined : classifyField({ name: key.replace(MASKED, '$1') })
  if (remembered.size < MAX_REMEMBERED && key.length <= MAX_REMEMBERED_LENGTH) remembered.set(key, kind)
  return kind
}
