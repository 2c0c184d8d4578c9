import { MAX_BREADCRUMBS } from '@acme/observe-schema/limits'
import type { RawBreadcrumb } from './Signal.ts'

/** The last things that happened on the page, oldest first. */
export interface Trail {
  add: (crumb: Omit<RawBreadcrumb, 'at'>) => void
  read: () => readonly RawBreadcrumb[]
}

/** A bounded list of breadcrumbs. */
export const createTrail = (now: () => number): Trail => {
  let crumbs: readonly RawBreadcrumb[] = []
  return {
    add: (crumb) => {
      crumbs = [...crumbs, { at: now(), ...crumb }].slice(-MAX_BREADCRUMBS)
    },
    read: () => crumbs,
  }
}
