import { maskText } from './maskText.ts'

/** Digits, UUID, ULID, hexadecimal with a digit, or any long word with digits; `order_` may precede it. */
const ID = /^(?:\d+|(?=.*\d)(?:(?:[a-z]+[_-])?(?:[\da-f]{8,}|\d{5,})|[\da-f-]{36}|[\da-z]{16,}))$/i

/** Long, mixed case and digits. A file name has a dot, a slug has one case. */
const TOKEN = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w~-]{16,}$/

const templateSegment = (segment: string): string => {
  let text = segment
  try {
    text = decodeURIComponent(segment)
  } catch {
    // A stray % is no encoding: judge the segment as it stands.
  }
  if (ID.test(text)) return ':id'
  if (TOKEN.test(text)) return ':token'
  const masked = maskText(text)
  return masked === text ? segment : `:${/\[(\w+)/.exec(masked)?.[1]}`
}

/**
 * Replaces path segments that look like ids, tokens or personal values.
 *
 * @example
 * templatePath('/orders/8f14e45f/items') // '/orders/:id/items'
 * templatePath('/users/jane%40example.com') // '/users/:email'
 */
export const templatePath = (path: string): string =>
  typeof path === 'string' ? path.split('/').map(templateSegment).join('/') : ''
