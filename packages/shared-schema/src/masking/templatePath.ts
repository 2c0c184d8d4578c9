import { maskText } from './maskText.ts'

const ID =
  /^(?:\d+|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=.*\d)[\da-hjkmnp-tv-z]{26}|(?:[a-z]+[_-])?(?:\d{5,}|(?=.*\d)[\da-f]{8,}))$/i

/** Long and random: letters and digits without a word break, or mixed case with digits. A file name is neither. */
const TOKEN = /^(?=.*\d)(?:(?=.*[a-z])(?=.*[A-Z])[\w~-]{16,}|[a-z\d]{16,}|[A-Z\d]{16,})$/

const templateSegment = (segment: string): string => {
  let text = segment.replace(/;[\s\S]*/, '')
  try {
    text = decodeURIComponent(text)
  } catch {
    // A stray % is no encoding: judge the segment as it stands.
  }
  if (ID.test(text)) return ':id'
  if (TOKEN.test(text)) return ':token'
  const masked = maskText(text)
  return masked === text
    ? segment.replace(/;[\s\S]*/, '')
    : masked.replace(/^[\s\S]*?\[(\w+)\][\s\S]*$/, ':$1')
}

/**
 * Replaces path segments that look like ids, tokens or personal values, and drops `;` parameters.
 *
 * @example
 * templatePath('/orders/8f14e45f/items') // '/orders/:id/items'
 * templatePath('/users/jane%40example.com') // '/users/:email'
 */
export const templatePath = (path: string): string =>
  typeof path === 'string' ? path.split('/').map(templateSegment).join('/') : ''
