import type { Capture } from '../core/Capture.ts'
import { observeClicks } from '../signals/observeClicks.ts'
import { observeConsole } from '../signals/observeConsole.ts'
import { observeFirstInput } from '../signals/observeFirstInput.ts'
import { observePageViews } from '../signals/observePageViews.ts'
import { observeTimings } from './observeTimings.ts'

const textOf = (value: unknown): string => (value instanceof Error ? value.message : String(value))

/** What may be observed a moment after the start without missing anything. Returns what stops it. */
export const observeBehaviour = (capture: Capture): (() => void) => {
  const { options, pages, trail, emit, emitError, touch, reportVital } = capture
  observeFirstInput(reportVital)

  const stops = [
    observePageViews((navigationType) => {
      pages.begin(navigationType === 'bfcache')
      trail.add({ category: 'navigation', message: '', url: pages.current().info.path })
      emit({ type: 'page-view', navigationType })
    }, pages.current().info.path),
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
