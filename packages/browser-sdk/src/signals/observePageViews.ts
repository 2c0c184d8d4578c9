import type { PageViewEvent } from '@acme/observe-schema/types'
import { beginPage } from '../core/beginPage.ts'
import type { Pages } from '../core/Pages.ts'
import { guard } from '../runtime/guard.ts'
import { listen } from '../runtime/listen.ts'
import { patch } from '../runtime/patch.ts'
import { locatePage } from './locatePage.ts'

type NavigationType = PageViewEvent['navigationType']

/**
 * Begins a page and reports it with every change of path by the history API or the fragment, and with each return from the
 * back/forward cache. A change of query alone is no page view. Returns what stops it.
 */
export const observePageViews = (pages: Pages, report: (type: NavigationType) => void): (() => void)[] => {
  const look = guard((type: NavigationType) => {
    const isReturn = type === 'bfcache'
    if (isReturn || locatePage() !== pages.current.info.path) {
      beginPage(pages, isReturn)
      report(type)
    }
  })
  return [
    ...(['push', 'replace'] as const).map((type) =>
      patch(
        history,
        `${type}State`,
        (original) =>
          function (this: History, ...values) {
            original.apply(this, values)
            look(type)
          },
      ),
    ),
    ...['popstate', 'hashchange', 'pageshow'].map((type) =>
      listen(window, type, ({ persisted }) => look(persisted ? 'bfcache' : 'traverse')),
    ),
  ]
}
