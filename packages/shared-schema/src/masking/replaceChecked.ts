/**
 * Replaces every candidate that `isValid` confirms once its separators are gone. A candidate is a run of groups, and
 * the value may be any shorter run in it: groups are dropped from the end first, then from the start.
 * Matches that captured something are known to be harmless and are stepped over.
 */
export const replaceChecked = (
  text: string,
  candidates: RegExp,
  isValid: (compact: string) => boolean,
  replacement: string,
): string => {
  let masked = ''
  let done = 0
  candidates.lastIndex = 0
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    if (match[1]) continue
    let value = match[0]
    while (value && !isValid(value.replace(/[^a-z\d]/gi, '')))
      value = value.replace(/[ \xa0.-]?[a-z\d]*$/i, '')
    if (value) {
      masked += text.slice(done, match.index) + replacement
      done = match.index + value.length
    }
    candidates.lastIndex = match.index + (value.length || match[0].search(/[ \xa0.-]|$/))
  }
  return masked + text.slice(done)
}
