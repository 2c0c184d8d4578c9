import { randomHex } from '../runtime/ids.ts'
import { locatePage } from '../signals/locatePage.ts'
import type { RawPage } from '../signals/Signal.ts'

/** One page as its visitor sees it: from a load or a route change to the next. */
export interface Page {
  /** Shared by all signals of the page, so that what is learned later reaches those still queued. */
  info: RawPage
  /** W3C trace id of everything that happens on this page. */
  traceId: string
}

export interface Pages {
  current: () => Page
  /** The page as it was loaded, or restored from the back/forward cache: the one that its vitals measure. */
  landing: () => Page
  /** Begins a new page at the present address. */
  begin: (isLanding?: boolean) => void
  setRoute: (route: string | undefined) => void
  /** Notes the title, which applications set only after the address has changed. */
  noteTitle: () => void
}

export const createPages = (): Pages => {
  const read = (): Page => ({ info: { path: locatePage() }, traceId: randomHex(32) })
  let current = read()
  let landing = current

  const noteTitle = () => {
    current.info.title = document.title
  }

  return {
    current: () => current,
    landing: () => landing,
    begin: (isLanding) => {
      noteTitle()
      current = read()
      if (isLanding) landing = current
    },
    setRoute: (route) => {
      current.info.route = route ?? ''
    },
    noteTitle,
  }
}
