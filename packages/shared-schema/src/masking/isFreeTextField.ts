import type { FieldDescription } from './classifyField.ts'
import { toWords } from './fieldRules.ts'

/** What a field that invites prose is called in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const PROSE =
  /\b(?:not(?:es?|as?|iz(?:en)?|ities?)|com+ent(?:s|i|o|os|ario|arios|aires?)?|kommentare?|mess?ag(?:es?|gio|gi)|mensa(?:jes?|gem|gens)|nachricht(?:en)?|mitteilung|remar(?:ks?|ques?)|(?:be|an)merkung(?:en)?|opmerking(?:en)?|hinweise?|instruc\w+|obser?vac\w+|osservazion[ei]|bericht(?:en)?|toelichting|feedback|bio(?:graphy)?)\b/

/**
 * Whether a one-line field invites prose, in which a person may write anything about anyone: the notes for a courier.
 * No rule finds a name in prose, so a recording masks the field whole. Judged by name, id and label.
 *
 * @example
 * isFreeTextField({ name: 'deliveryNotes' }) // true
 * isFreeTextField({ name: 'quantity' }) // false
 */
export const isFreeTextField = ({ type, name, id, label }: FieldDescription): boolean =>
  /^(?:text)?$/i.test(type ?? '') &&
  [name, id, label].some(
    (identifier) => typeof identifier === 'string' && PROSE.test(toWords(identifier.slice(0, 200))),
  )
