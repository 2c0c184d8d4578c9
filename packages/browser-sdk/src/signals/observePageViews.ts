import type { PageViewEvent } from '@acme/observe-schema/types'
import { guard } from '../runtime/guard.ts'
import { listen } from '../runtime/listen.ts'
import { patch } from '../runtime/patch.ts'
import { locatePage } from './locatePage.ts'

type NavigationType = PageViewEvent['navigationType']

/**
 * Reports each page shown after `shown`: every change of path by the history API or the fragment, and each return from
 * the back/forward cache. A change of query alone is no page view.
 * Returns what stops it.
 */
export const observePageViews = (report: (type: NavigationType) => void, shown: string): (() => void) => {
  let last = shown
  const look = (type: NavigationType) => {
    const place = locatePage()
    if (place === last && type !== 'bfcache') return
    last = place
    report(type)
  }
  const changed = guard(look)

  const stops = (['push', 'replace'] as const).map((type) =>
    patch(
      history,
      `${type}State`,
      (original) =>
        function (this: History, ...values) {
          original.apply(this, values)
          changed(type)
        },
    ),
  )
  stops.push(
    listen(window, 'popstate', () => look('traverse')),
    listen(window, 'hashchange', () => look('traverse')),
    listen(window, 'pageshow', (event) => event.persisted && look('bfcache')),
  )
  // The router may have been faster than this.
  look('replace')
  return () => {
    for (const stop of stops) stop()
  }
}
