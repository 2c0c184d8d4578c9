import { randomHex } from '../runtime/ids.ts'
import { locatePage } from '../signals/locatePage.ts'
import type { RawPage } from '../signals/Signal.ts'

/** One page as its visitor sees it: from a load or a route change to the next. */
export interface Page {
  /** Shared by all signals of the page, so that what is learned later reaches those still queued. */
  info: RawPage
  /** W3C trace id of everything that happens on this page. */
  traceId?: string
}

/** Pages of one document. */
export interface Pages {
  current: Page
  /** The page as it was loaded, or restored from the back/forward cache: the one that its vitals measure. */
  landing: Page
  /** The last few, newest first: what is learned of a page late finds it here. */
  shown: Page[]
}

/** The page at the present address. */
export const readPage = (): Page => ({ info: { path: locatePage() }, traceId: randomHex(32) })
