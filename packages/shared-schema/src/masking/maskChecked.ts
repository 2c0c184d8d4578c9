import { passesLuhn, passesMod97 } from './checksums.ts'

/** What may hold an IBAN or a card number. A decimal, which the group captures, holds neither; other digits are stepped over. */
const CANDIDATE =
  /\b[a-z]{2}\d\d(?:[ \xa0]?[a-z\d]{4}){2,7}(?:[ \xa0]?[a-z\d]{1,3})?(?!\w)|\d{4}(?:\.\d{4}){3}(?!\d)|(\d+\.\d+)|\d{4}(?:[ \xa0-]?\d){9,15}(?!\d)|\d+/i

const kindOf = (value: string): string => {
  const compact = value.replace(/\W/g, '')
  if (/^\D/.test(compact)) return compact.length > 14 && passesMod97(compact) ? '[iban]' : ''
  return /^(?:[3-6]|2[2-7])\d{12,18}$/.test(compact) && passesLuhn(compact) ? '[card]' : ''
}

/**
 * Masks numbers that carry a checksum. A candidate is a run of groups and the number may be any shorter run in it, so
 * groups are dropped from the end, then from the start.
 */
export const maskChecked = (text: string): string => {
  let masked = ''
  let rest = text
  for (;;) {
    const match = CANDIDATE.exec(rest)
    if (!match) return masked + rest
    let value = match[1] ? '' : match[0]
    while (value && !kindOf(value)) value = value.replace(/\W?\w*$/, '')
    const step = value || match[1] || match[0].replace(/\W.*/, '')
    masked += rest.slice(0, match.index) + (value ? kindOf(value) : step)
    rest = rest.slice(match.index + step.length)
  }
}
