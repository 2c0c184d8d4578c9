import type { FieldKind } from './classifyField.ts'
import { keyKind } from './keyKind.ts'
import { maskText } from './maskText.ts'

/** Node and browsers have it, and neither's types are needed here. */
declare const URL: abstract new () => { toJSON(): string }

/** Deepest nesting copied. */
const MAX_DEPTH = 8

/** Most entries copied of one object, array, map or set. */
const MAX_ENTRIES = 200

/** Most values copied in all. */
const MAX_VALUES = 5_000

/** Longest string kept, in characters. */
const MAX_STRING_LENGTH = 32_000

const TRUNCATED = '[truncated]'

/** Keys under which a number is a count: `token: 42`, `accessTokens: 3`. A secret never comes as such a number. */
const COUNTED_KEYS = /token|cookies$/i

interface Walk {
  /** Objects between the root and here: meeting one again is a cycle. */
  ancestors: Set<object>
  valuesLeft: number
}

type Entries = Iterable<readonly [key: unknown, read: () => unknown]>

/** Runs `read` on an object that may be hostile: a getter, a proxy trap or a foreign iterator may throw. */
const attempt = (read: () => unknown): unknown => {
  try {
    return read()
  } catch {
    return '[unreadable]'
  }
}

const maskString = (text: string): string =>
  text.length > MAX_STRING_LENGTH ? maskText(text.slice(0, MAX_STRING_LENGTH)) + TRUNCATED : maskText(text)

function* ownEntries(object: object): Entries {
  let keys: Iterable<string> = Object.keys(object)
  // message, name, stack and cause of an error are not enumerable, and name is inherited.
  if (object instanceof Error) {
    keys = new Set([...['name', 'message', 'stack', 'cause'].filter((key) => key in object), ...keys])
  }
  for (const key of keys) yield [key, () => (object as Record<string, unknown>)[key]]
}

const maskEntries = (
  entries: Entries,
  kind: FieldKind | undefined,
  walk: Walk,
  owner: string | undefined,
): Record<string, unknown> => {
  const masked: Record<string, unknown> = {}
  let count = 0
  for (const [key, read] of entries) {
    if (++count > MAX_ENTRIES) {
      masked['…'] = TRUNCATED
      break
    }
    const name = typeof key === 'string' ? key : (attempt(() => String(key)) as string)
    if (name === '__proto__') continue
    masked[maskString(name)] = attempt(() => mask(read(), kind ?? keyKind(name, owner), walk, name))
  }
  return masked
}

const maskItems = (
  items: Iterable<unknown>,
  kind: FieldKind | undefined,
  walk: Walk,
  owner: string | undefined,
): unknown[] => {
  const masked: unknown[] = []
  for (const item of items) {
    if (masked.length === MAX_ENTRIES) {
      masked.push(TRUNCATED)
      break
    }
    masked.push(attempt(() => mask(item, kind, walk, owner)))
  }
  return masked
}

const maskObject = (
  object: object,
  kind: FieldKind | undefined,
  walk: Walk,
  owner: string | undefined,
): unknown => {
  if (object instanceof Date || object instanceof URL) return mask(object.toJSON(), kind, walk)
  if (object instanceof RegExp) return maskString(String(object))
  if (object instanceof ArrayBuffer || ArrayBuffer.isView(object))
    return `[binary: ${object.byteLength} bytes]`
  if (walk.ancestors.has(object)) return '[circular]'
  if (walk.ancestors.size >= MAX_DEPTH) return TRUNCATED
  walk.ancestors.add(object)
  try {
    if (Array.isArray(object) || object instanceof Set) return maskItems(object, kind, walk, owner)
    if (object instanceof Map) {
      return maskEntries(
        [...object].map(([key, value]) => [key, () => value] as const),
        kind,
        walk,
        owner,
      )
    }
    return maskEntries(ownEntries(object), kind, walk, owner)
  } finally {
    walk.ancestors.delete(object)
  }
}

/** `owner` is the key the value stands under: it tells whose `name` an object's name is. */
const mask = (value: unknown, kind: FieldKind | undefined, walk: Walk, owner?: string): unknown => {
  if (walk.valuesLeft-- <= 0) return TRUNCATED
  switch (typeof value) {
    case 'string':
      return kind && value ? `[${kind}]` : maskString(value)
    case 'number':
    case 'bigint':
      if (kind && !(kind === 'token' && COUNTED_KEYS.test(owner ?? ''))) return `[${kind}]`
      return typeof value === 'number' ? value : maskText(String(value))
    case 'object':
      return value && maskObject(value, kind, walk, owner)
    case 'function':
      return '[function]'
    case 'symbol':
      return maskString(String(value))
    default:
      return value
  }
}

/**
 * Deep copy of `value` in which personal keys and personal-looking strings are masked. Under a key such as `password`,
 * `authorization` or `email` every string, number and date is replaced whole, nested ones included; booleans, `null` and
 * empty strings stay, and so do numbers under `token` and `cookies`, which are counts. Any other string passes
 * {@link maskText}, any other number stays. Bounded: 8 levels, 200 entries each, 5000 values, strings of 32 000 characters; what is beyond
 * reads `[truncated]`, a cycle `[circular]`, a throwing getter `[unreadable]`. Never throws, and calls no `toJSON` but
 * that of dates and URLs.
 *
 * @example
 * maskProperties({ user: { email: 'jane@example.com', plan: 'pro' } }) // { user: { email: '[email]', plan: 'pro' } }
 */
export const maskProperties = (value: unknown): unknown =>
  attempt(() => mask(value, undefined, { ancestors: new Set(), valuesLeft: MAX_VALUES }))
