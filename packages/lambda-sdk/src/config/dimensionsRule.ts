import { isDocumentKey } from '../emf/documentKeys.ts'
import { MAX_DIMENSIONS } from '../emf/limits.ts'
import { validDimensionName } from '../emf/validNames.ts'
import type { OptionRule } from './checkOptions.ts'
import { textRecord } from './optionRules.ts'

/** One is the name of the function. */
const MAX_EXTRA = MAX_DIMENSIONS - 1

const isFree = (name: string): boolean => {
  const valid = validDimensionName(name)
  return valid !== undefined && !isDocumentKey(valid)
}

/** Dimensions of every document: CloudWatch refuses one with too many, and one that holds a member twice. */
export const dimensionsRule: OptionRule = {
  accepts: (value) => {
    if (!textRecord.accepts(value)) return false
    const names = Object.keys(value as object)
    return names.length <= MAX_EXTRA && names.every(isFree)
  },
  expected:
    `${textRecord.expected}, with at most ${MAX_EXTRA} names, none of them empty or one that a document has of its own, ` +
    `such as "Duration", "requestId" or "route"`,
}
