import { maskChecked } from './maskChecked.ts'

// Two rules for every pattern below. It is linear in the text: a quantifier is bounded, or what it consumes becomes
// part of the match. It has no lookbehind: a browser without it would refuse the whole bundle at parse time.

/** Nothing personal is found without one of these, so a plain log line costs one scan. */
const SUSPICIOUS =
  /@|%40|%2B|\+[1-9]|(?:\d[ \xa0.()/-]{0,3}){9}|\d\.\d{1,3}\.\d{1,3}\.\d|:[\da-f]{0,4}:[\da-f]{0,4}:|eyJ|A[KS]IA|AIza|_live_|_test_|gh[a-z]_|_pat_|npm_|sk-|glpat|xox|-----|bearer|basic|key|token|secret|pass|pwd|auth/i

/** Secrets that announce themselves: JWT, AWS, Google, Stripe, GitHub, npm, OpenAI, GitLab, Slack, private keys. */
const SECRET =
  /\b(?:eyJ|A[KS]IA|AIza|[rsp]k_(?:live|test)_|gh[a-z]_|github_pat_|npm_|sk-|glpat-|xox[a-z]-)(?=[a-z_-]{0,40}\d)[\w.-]{12,}|-----begin[a-z ]+key-----[^-]+/gi

/**
 * A word that announces a secret, then the secret. A quoted password goes up to the same quote or the end of the line,
 * any other is one word. A token is twelve characters or more and has a digit.
 */
const CREDENTIAL =
  /((?:pass(?:word|wd|phrase)|pwd|authorization)["'\\\s]{0,3}[:=](?:\s?(\\?["'])|["'\\\s]{0,3}(?:(?:bearer|basic) )?(?!\[token|bearer|basic))|(?:bearer|basic|(?:api|access|secret|private).?key|token|secret)["'\\\s:=]{1,6}(?![:=])(?=[^\s"'\\&,;]{12})(?=[^\s\d]{0,40}\d))(?:(?:(?!\2)\\?.)+|[^\s"'\\&,;]+)/gi

const EMAIL = /[\p{L}\p{N}._%+~-]{1,64}(?:@|%40)(?!\dx\.)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu

const SSN = /\b\d{3}-\d\d-\d{4}\b/g

/** IPv4 apart from loopback, IPv6 from the global, unique local and link-local ranges. */
const IP =
  /(^|[^\w./:]|\/\/|[a-z]:)(?:(?!0\.|127\.)(?:[12]?\d?\d\.){3}[12]?\d?\d|[23f][\da-f]{3}(?::[\da-f]{0,4}){3,7})(?!\w|\.\d)/gi

const PHONE =
  /(^|[^\w.:/+-]|(?:^|\D)[.:/-])(?:(?:\+|%2B|\(?00?(?!\d([./-])\d\d\2\d{4}))[1-9](?:[ \xa0.()/-]{0,3}\d){7,14}|(?:1[ .-])?\(?\d{3}[ .)-]{1,2}\d{3}[ .-]\d{4})(?![.-]?\w|[.:/-]?\+\d)/gi

/**
 * Replaces every personal value found in free text by a bracketed kind: `[email]`, `[phone]`, `[card]`, `[ssn]`,
 * `[iban]`, `[token]`, `[ip]`. Masking twice changes nothing more. Anything but a string gives an empty string.
 *
 * @example
 * maskText('card 4111 1111 1111 1111 of jane@example.com') // 'card [card] of [email]'
 */
export const maskText = (text: string): string => {
  if (typeof text !== 'string') return ''
  if (!SUSPICIOUS.test(text)) return text
  return maskChecked(text.replace(EMAIL, '[email]').replace(SSN, '[ssn]'))
    .replace(SECRET, '[token]')
    .replace(IP, '$1[ip]')
    .replace(PHONE, '$1[phone]')
    .replace(CREDENTIAL, '$1[token]')
}
