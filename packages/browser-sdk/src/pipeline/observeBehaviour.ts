import { beginPage } from '../core/beginPage.ts'
import type { Capture } from '../core/Capture.ts'
import { locatePage } from '../signals/locatePage.ts'
import { observeClicks } from '../signals/observeClicks.ts'
import { observeConsole } from '../signals/observeConsole.ts'
import { observeFirstInput } from '../signals/observeFirstInput.ts'
import { observePageViews } from '../signals/observePageViews.ts'
import { observeRouteVitals } from '../signals/observeRouteVitals.ts'
import { observeTimings } from './observeTimings.ts'

/** Pages back to which late vitals are attributed. */
const MAX_SHOWN = 5

const textOf = (value: unknown): string => (value instanceof Error ? value.message : String(value))

/** What may be observed a moment after the start without missing anything. Returns what stops it. */
export const observeBehaviour = (capture: Capture): (() => void) => {
  const { options, pages, trail, emit, emitError, touch, reportVital } = capture
  observeFirstInput(reportVital)
  // A route's vitals are final only when the next one is shown already.
  const shown = [pages.current]
  if (options.softNavigations) {
    observeRouteVitals(
      capture.measures,
      ({ name, value, delta, rating, id, entries, navigationType, navigationURL = '' }) => {
        const path = locatePage(new URL(navigationURL, location.href))
        const vital = { type: 'web-vital', name, value, delta, rating, metricId: id, navigationType } as const
        const page = shown.find(({ info }) => info.path === path)
        emit({ ...vital, details: { entries } }, page)
      },
    )
  }

  const stops = [
    observePageViews((navigationType) => {
      beginPage(pages, navigationType === 'bfcache')
      shown.unshift(pages.current)
      shown.splice(MAX_SHOWN)
      trail.add({ category: 'navigation', message: '', url: pages.current.info.path })
      emit({ type: 'page-view', navigationType })
    }, pages.current.info.path),
    observeClicks((message) => {
      touch()
      trail.add({ category: 'click', message })
    }),
    observeTimings(capture),
    observeConsole(options.captureConsole ?? [], (name, values) => {
      const level = name === 'log' ? 'info' : name
      const message = values.map(textOf).join(' ')
      const error = values.find((value) => value instanceof Error)
      if (level === 'error') emitError('console', error ?? { name: 'ConsoleError', message })
      else emit({ type: 'log', level, message: '[unmasked]', details: { message } })
      trail.add({ category: 'console', message, level })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
