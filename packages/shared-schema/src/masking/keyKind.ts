import type { FieldKind } from './classifyField.ts'
import { wordsKind } from './wordsKind.ts'

/** Keys that mean something else in a log object than in a form: the `name` of an error, the `address` of a server. */
const HARMLESS_KEYS = /^(?:name|(?:remote|local)?_?address|addr|city|town|pin|cp|card|pan|mail|mobile|cell)$/i

/** What `maskText` left in a key that was personal itself; in `billing[email]` the brackets are the application's. */
const MASKED = /(^|\W)\[(?:email|phone|card|ssn|iban|token|ip)\]/g

/** Most keys remembered; they may come from outside, so the memory is bounded, and begins anew when it is full. */
const MAX_REMEMBERED = 2_000
const MAX_REMEMBERED_LENGTH = 100

const remembered: Map<string, FieldKind | undefined> = /* @__PURE__ */ new Map()

/** Keys under which a person stands, so that the `name` below them is a person's. */
const PERSON_KEYS =
  /^(?:customer|user|person|contact|recipient|patient|member|guest|employee|owner|passenger|buyer|payer|cardholder|shipping|billing|delivery)s?$/i

/** Keys under which a postal address stands. */
const ADDRESS_KEYS = /address(?:es)?$/i

/** The kind a harmless key takes on under `owner`: `customer.name`, `address.city`. */
const ownedKind = (key: string, owner: string): FieldKind | undefined => {
  if (/^name$/i.test(key)) return PERSON_KEYS.test(owner) || ADDRESS_KEYS.test(owner) ? 'name' : undefined
  if (/^(?:city|town|locality|state|region|county|province)$/i.test(key))
    return PERSON_KEYS.test(owner) || ADDRESS_KEYS.test(owner) ? 'address' : undefined
  if (/^address$/i.test(key)) return PERSON_KEYS.test(owner) ? 'address' : undefined
  return /^(?:mobile|cell)$/i.test(key) && PERSON_KEYS.test(owner) ? 'phone' : undefined
}

const verdict = (key: string): FieldKind | undefined => {
  if (remembered.has(key)) return remembered.get(key)
  const kind = HARMLESS_KEYS.test(key) ? undefined : wordsKind(key.replace(MASKED, '$1'))
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  if (key.length <= MAX_REMEMBERED_LENGTH) remembered.set(key, kind)
  return kind
}

/**
 * The kind of personal data an object's key announces. Log keys repeat, so verdicts are remembered.
 * `owner` is the key that the object itself stands under.
 */
export const keyKind = (key: string, owner?: string): FieldKind | undefined =>
  verdict(key) ?? (owner ? ownedKind(key, owner) : undefined)
