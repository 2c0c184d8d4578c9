import type { Settings } from '../config/Settings.ts'
import { isDocumentKey } from '../emf/documentKeys.ts'

/** The key under which a member can be added to documents: moved aside from what they say themselves, and from `others`. */
export const freeDocumentKey = (
  key: string,
  { dimensions }: Pick<Settings, 'dimensions'>,
  others: object = {},
): string => {
  let free = key
  while (isDocumentKey(free) || Object.hasOwn(dimensions, free) || Object.hasOwn(others, free)) {
    free = `custom_${free}`
  }
  return free
}
