import type { ObserveEvent } from '@acme/observe-schema/types'
import type { Signal } from '../signals/Signal.ts'

/**
 * A signal without what may be personal, for a page that ends before the masking rules are there: vitals and page
 * views whole, errors as a count. Of the path only segments of plain letters are left.
 */
export const bareEvent = ({ details, page, ...event }: Signal): ObserveEvent =>
  ({ ...event, page: { path: page.path.replace(/[^/]*[^a-z/_-][^/]*/gi, ':id') } }) as ObserveEvent
