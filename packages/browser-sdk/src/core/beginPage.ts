import { type Pages, readPage } from './Pages.ts'

/** Notes the title, which applications set only after the address has changed. */
export const noteTitle = (pages: Pages): void => {
  pages.current.info.title = document.title
}

/** Begins a new page at the present address. */
export const beginPage = (pages: Pages, isLanding: boolean): void => {
  noteTitle(pages)
  pages.current = readPage()
  if (isLanding) pages.landing = pages.current
}
