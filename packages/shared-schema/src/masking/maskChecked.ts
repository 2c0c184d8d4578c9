import { passesLuhn, passesMod97 } from './checksums.ts'

/** What may hold an IBAN or a card number. The second group captures other numbers, decimals too: they are stepped over. */
const CANDIDATE =
  /\b[a-z]{2}\d\d([ \xa0]?)(?:[a-z\d]{4}\1){2,7}[a-z\d]{1,4}(?!\w)|\d{4}(?:\.\d{4}){3}(?![a-z\d])|\d{4}(?:[ \xa0-]?\d){9,15}(?![a-z\d])|(\d+(?:\.\d+)?)/gi

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
  let done = 0
  CANDIDATE.lastIndex = 0
  for (;;) {
    const match = CANDIDATE.exec(text)
    if (!match) return masked + text.slice(done)
    let value = match[2] ? '' : match[0]
    while (value && !kindOf(value)) value = value.replace(/\W?\w*$/, '')
    if (value) {
      masked += text.slice(done, match.index) + kindOf(value)
      done = match.index + value.length
    }
    CANDIDATE.lastIndex = match.index + (value || match[2] || match[0].replace(/\W.*/, '')).length
  }
}
