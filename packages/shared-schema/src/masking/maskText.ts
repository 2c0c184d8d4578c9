import { passesLuhn, passesMod97 } from './checksums.ts'
import { replaceChecked } from './replaceChecked.ts'

// Two rules for every pattern below. It is linear in the text: a quantifier is bounded, or what it consumes becomes
// part of the match. It has no lookbehind: a browser without it would refuse the whole bundle at parse time.

/** Nothing personal is found without one of these, so a plain log line costs one scan. */
const SUSPICIOUS =
  /@|%40|\d(?:[ \xa0.()/-]{0,3}\d){6}|\d\.\d{1,3}\.\d|:[\da-f]{0,4}:|eyJ|A[KS]IA|AIza|[a-z]_[a-z\d]|xox|sk-|-----|bearer |basic |(?:key|token|secret|signature|pass\w{0,6}|pwd|auth\w{0,10}|cookie|session\w{0,3})["'\\]{0,2}\s?[:=]/i

const SECRET =
  /\beyJ[\w-]{8,}[\w.-]*|\bA[KS]IA[A-Z\d]{16}|\b(?:[rsp]k_(?:live|test)|gh[opsur]|github_pat|npm|whsec)_\w{12,}|\bglpat-[\w-]{16,}|\bsk-(?:proj-|ant-)?\w{16,}[\w-]*|\bxox[a-z]-[\w-]{8,}|\bAIza[\w-]{30,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}-----|$)/g

const CREDENTIAL =
  /\b((?:bearer|basic) {1,3})([\w.~+/=-]{8,})|((?:(?:api|access|private).?|\b)key|token|secret|signature|auth(?:orization)?|cookie|session.?(?:id)?|(passw(?:or)?d|passphrase|pwd))(["'\\]{0,2}\s?[:=]\s?\\?["']?)(?!\[|bearer |basic )([^\s"'\\&,;]+)/gi
const maskCredential = (
  match: string,
  scheme = '',
  secret = '',
  name = '',
  isPassword = '',
  assignment = '',
  value = '',
): string =>
  isPassword || /(?=.*\d)(?=.*[a-z])[\w.~+/=%-]{8,}|[\w.~+/=%-]{32,}/i.test(secret + value)
    ? `${scheme || name + assignment}[token]`
    : match

const EMAIL = /[\p{L}\p{N}._%+~-]{1,64}(?:@|%40)(?!\dx\.)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu

const IBAN_CANDIDATE = /\b[a-z]{2}\d\d(?:[ \xa0-]?[a-z\d]{4}){2,7}(?:[ \xa0-]?[a-z\d]{1,3})?(?![a-z\d])/gi
const isIban = (compact: string): boolean => compact.length > 14 && passesMod97(compact)

const CARD_CANDIDATE = /\d{4}(?:\.\d{4}){3}(?!\d)|(\d+\.\d+|\d{20,})|\d(?:[ \xa0-]?\d){12,18}(?!\d)/g
const isCard = (compact: string): boolean =>
  /^(?:[3-6]|2[2-7])\d{12,18}$/.test(compact) && passesLuhn(compact)

const SSN = /(^|[^\d-]|[^\d]-)\d{3}-\d\d-\d{4}(?!-?\d)/g

const PHONE =
  /(^|[^\w.:/+-]|[^\d][.:/-])(?:(?:\+|%2B|00(?=\d{1,3}[ -]))[1-9](?:[ \xa0.()/-]{0,3}\d){7,14}|\(?0(?!\d([./-])\d\d\2\d{4})[1-9](?:[ \xa0.()/-]{0,2}\d){7,10}|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ \xa0.-])\d{3}[ \xa0.-]\d{4})(?!\w)/gi

const IPV4 = /(^|[^\w./]|\/\/|\bv(?:er(?:sion)?)?\W{1,2})((?:\d{1,3}\.){3}\d{1,3})(?!\w|\.\d)/gi
const maskIpv4 = (match: string, before: string, ip: string): string =>
  /^v/i.test(before) || /^(?:127\.|0\.0\.0\.0)/.test(ip) || ip.split('.').some((octet) => Number(octet) > 255)
    ? match
    : `${before}[ip]`

const IPV6 = /(^|[^\w:.])([23f][\da-f]{3}(?::[\da-f]{0,4}){2,7})(?!\w|:[\da-f])/gi
const maskIpv6 = (match: string, before: string, ip: string): string =>
  ip.includes('::') || ip.split(':').length === 8 ? `${before}[ip]` : match

const UUID = /([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})/i

const maskNumbers = (text: string): string =>
  replaceChecked(replaceChecked(text, IBAN_CANDIDATE, isIban, '[iban]'), CARD_CANDIDATE, isCard, '[card]')
    .replace(SSN, '$1[ssn]')
    .replace(IPV4, maskIpv4)
    .replace(IPV6, maskIpv6)
    .replace(PHONE, '$1[phone]')

/**
 * Replaces every personal value found in free text by a bracketed kind: `[email]`, `[phone]`, `[card]`, `[ssn]`,
 * `[iban]`, `[token]`, `[ip]`. Masking twice changes nothing more. Anything but a string gives an empty string.
 *
 * @example
 * maskText('card 4111 1111 1111 1111 of jane@example.com') // 'card [card] of [email]'
 */
export const maskText = (text: string): string =>
  typeof text !== 'string'
    ? ''
    : SUSPICIOUS.test(text)
      ? text
          .replace(SECRET, '[token]')
          .replace(CREDENTIAL, maskCredential)
          .replace(EMAIL, '[email]')
          .split(UUID)
          .map((part, index) => (index % 2 ? part : maskNumbers(part)))
          .join('')
      : text
