import type { Capture } from '../core/Capture.ts'
import { locatePage } from '../signals/locatePage.ts'
import { observeClicks } from '../signals/observeClicks.ts'
import { observeConsole } from '../signals/observeConsole.ts'
import { observeFirstInput } from '../signals/observeFirstInput.ts'
import { observeRouteVitals } from '../signals/observeRouteVitals.ts'
import { observeTimings } from './observeTimings.ts'

const textOf = (value: unknown): string => (value instanceof Error ? value.message : String(value))

/** What may be observed a moment after the start without missing anything. Returns what stops it. */
export const observeBehaviour = (capture: Capture, isOwn: (url: string) => boolean): (() => void)[] => {
  const { options, pages, trail, emit, emitError, touch, reportVital } = capture
  observeFirstInput(reportVital)
  let isOn = true
  if (options.softNavigations) {
    observeRouteVitals(capture.measures, (metric) => {
      if (!isOn) return
      const path = locatePage(new URL(metric.navigationURL ?? '', location.href))
      // They are final only when the next page is shown already.
      reportVital(metric, pages.shown.find(({ info }) => info.path === path) ?? { info: { path } })
    })
  }

  return [
    () => {
      isOn = false
    },
    observeClicks((message) => {
      touch()
      trail.add({ category: 'click', message })
    }),
    ...observeTimings(capture, isOwn),
    ...observeConsole(options.captureConsole ?? [], (name, values) => {
      const level = name === 'log' ? 'info' : name
      const message = values.map(textOf).join(' ')
      const error = values.find((value) => value instanceof Error)
      if (level === 'error') emitError('console', error ?? { name: 'ConsoleError', message })
      else emit({ type: 'log', level, message: '[unmasked]', details: { message } })
      trail.add({ category: 'console', message, level })
    }),
  ]
}
