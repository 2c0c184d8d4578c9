import { type Pages, readPage } from './Pages.ts'

/** Pages back to which late vitals are attributed. */
const MAX_SHOWN = 5

/** Begins a new page at the present address. */
export const beginPage = (pages: Pages, isLanding: boolean): void => {
  pages.current.info.title = document.title
  pages.current = readPage()
  if (isLanding) pages.landing = pages.current
  pages.shown.unshift(pages.current)
  pages.shown.splice(MAX_SHOWN)
}
