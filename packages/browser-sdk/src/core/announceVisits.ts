import { countVisit } from '../analytics/countVisit.ts'
import { announceVisit } from '../replay/announceVisit.ts'
import type { Signal } from '../signals/Signal.ts'
import type { Capture } from './Capture.ts'

/**
 * A chunk of its own, which shares nothing and is small enough to come before the page has loaded: makes visits known to OpenReplay that end
 * before the recorder runs, and to Umami those that are left before the pipeline is there. Returns what stops it.
 */
export const announceVisits = (capture: Capture): (() => void) => {
  const { options, environment, pages } = capture
  const { openReplay, umami, beforeSend, ignoreErrors } = options
  /** What was noticed stays until the pipeline is there, or is lost: the application wants to choose of it. */
  const mayStay = beforeSend || ignoreErrors
  let isCounted = false

  const isWanted = () =>
    capture.consent() === 'granted' &&
    // A prerendered page that nobody saw was no visit.
    !(document as { prerendering?: boolean }).prerendering &&
    // Once the pipeline is there, it knows which are recorded.
    (capture.isUnrecorded ? capture.isUnrecorded() : capture.isWanted(capture.session()))
  const announce = () => {
    if (openReplay && isWanted()) {
      announceVisit(openReplay, capture.session().id, capture.storage(), environment)
    }
  }
  const count = () => {
    if (!umami || isCounted || capture.isUnrecorded || !isWanted()) return
    isCounted = true
    const { path } = capture.bare({ page: pages.landing.info } as Signal).page
    countVisit(umami, capture.session().id, path, environment)
  }

  const stop = new AbortController()
  const on = (target: EventTarget, type: string, work: (event: PageTransitionEvent) => void) => {
    const guarded = (event: Event) => {
      try {
        work(event as PageTransitionEvent)
      } catch {
        // Never reaches the application.
      }
    }
    target.addEventListener(type, guarded, { signal: stop.signal })
  }
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden' && !mayStay) count()
  })
  // OpenReplay not when the page is merely hidden: it may be shown again and be recorded then.
  on(window, 'pagehide', ({ persisted }) => {
    announce()
    if (!persisted) count()
  })
  return () => stop.abort()
}
