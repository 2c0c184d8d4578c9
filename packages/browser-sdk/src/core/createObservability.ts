import { MAX_EVENTS_PER_BATCH } from '@acme/observe-schema/limits'
import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import type { ErrorSource, PageViewEvent, SessionInfo } from '@acme/observe-schema/types'
import { onCLS, onINP, onLCP } from 'web-vitals'
import type { Consent, ObserveOptions } from '../options/ObserveOptions.ts'
import type { Pipeline } from '../pipeline/createPipeline.ts'
import { hasPrivacySignal } from '../privacy/hasPrivacySignal.ts'
import { afterLoad } from '../runtime/afterLoad.ts'
import { createEnvironment } from '../runtime/environment.ts'
import { attempt, guard } from '../runtime/guard.ts'
import { randomHex, uuidv7 } from '../runtime/ids.ts'
import { listen } from '../runtime/listen.ts'
import { createSession } from '../session/createSession.ts'
import { isSampled } from '../session/isSampled.ts'
import { createTrail } from '../signals/createTrail.ts'
import { observeErrors } from '../signals/observeErrors.ts'
import { observePageViews } from '../signals/observePageViews.ts'
import { observeRequests } from '../signals/observeRequests.ts'
import { observeVitals, reportVital, settleVitals } from '../signals/observeVitals.ts'
import type { RawBreadcrumb, Signal, SignalFields } from '../signals/Signal.ts'
import { bareEvent } from './bareEvent.ts'
import type { Capture, Captured } from './Capture.ts'
import { describeSender, shareSession } from './describeSender.ts'
import { NO_DELIVERY } from './inertObservability.ts'
import type { ErrorContext, Observability, ObserveStatus } from './Observability.ts'
import { type Pages, readPage } from './Pages.ts'

/** Most signals kept until the pipeline is there, besides the few vitals, which come last. */
const MAX_EARLY = 480

/**
 * Where the journal of ended pages finds what such a page sent. One place for all of them: where the second chunk never
 * comes, nobody would ever clear it.
 */
const EARLY_KEY = 'observe.exit.early'

const UNMASKED = '[unmasked]'

/**
 * The entry chunk: it notices everything from the first moment on and keeps it until the pipeline, loaded after the
 * application, masks and delivers it.
 */
export const createObservability = (options: ObserveOptions, onShutdown: () => void): Observability => {
  const environment = createEnvironment()
  const { now } = environment
  let consent: Consent =
    options.respectPrivacySignals && hasPrivacySignal(navigator) ? 'denied' : (options.consent ?? 'granted')
  let isStopped = false
  let session: SessionInfo
  let pipeline: Pipeline | undefined
  let early: Captured[] = []

  const storage = () => (consent === 'granted' ? environment.storage : undefined)
  const active = createSession({ now, storage })
  const touch = () => {
    const next = active.touch()
    if (next.id !== session?.id) session = next
    return session
  }
  const landing = readPage()
  const pages: Pages = { current: landing, landing, shown: [landing] }
  const trail = createTrail(now)

  const startedAt = now()
  // A prerendered page has not been seen by anyone yet.
  const isPrerendered = (document as { prerendering?: boolean }).prerendering
  let hasBegun = false
  /** What takes longest of the start. It waits until the browser is idle, or something happens that must come after it. */
  const begin = () => {
    if (hasBegun || isStopped) return
    hasBegun = true
    touch()
    if (!isPrerendered)
      emit({ type: 'page-view', navigationType: 'load', at: startedAt } as SignalFields, landing)
    // They are no activity of the visitor: a tab that nobody uses has vitals when it is closed.
    observeVitals((vital, page = pages.landing) => emit(vital, page, session))
    import('./announceVisits.ts')
      .then(({ announceVisits }) => isStopped || stops.push(announceVisits(capture)))
      .catch(() => {})
  }

  const emit = (fields: SignalFields, page = pages.current, owner?: SessionInfo) => {
    begin()
    if (isStopped) return
    const at = now()
    const signal = { id: uuidv7(at), at, page: page.info, traceId: page.traceId, ...fields } as Signal
    const captured: Captured = [signal, owner ?? touch()]
    if (pipeline) pipeline.add(captured)
    else if (fields.type === 'web-vital' || early.length < MAX_EARLY) early.push(captured)
    else capture.overflow++
  }
  const emitError = (
    source: ErrorSource,
    thrown: unknown,
    { handled = false, ...context }: ErrorContext = {},
  ) =>
    emit({
      type: 'error',
      source,
      handled,
      name: 'Error',
      message: UNMASKED,
      fingerprint: UNMASKED,
      count: 1,
      details: { thrown, breadcrumbs: trail.read(), ...context },
    })
  const capture: Capture = {
    options,
    environment,
    storage,
    touch,
    session: () => session,
    pages,
    trail,
    emit,
    emitError,
    measures: [onCLS, onINP, onLCP],
    bare: bareEvent,
    reportVital,
    consent: () => consent,
    sender: (session) => describeSender(options, session),
    isWanted: ({ id }) => isSampled(id, options.sampleRate),
    overflow: 0,
  }

  // A page that ends before the pipeline is there says what it can without it, unless the application wants to choose. One
  // that is merely hidden keeps what may be said in full when it is shown again.
  const leave = (isEnding: boolean) => {
    begin()
    settleVitals()
    if (pipeline) return pipeline.leave()
    if (consent !== 'granted' || !capture.isWanted(session)) return
    if (options.beforeSend || options.ignoreErrors) return
    const store = storage()
    // Vitals and page views, and of these none that only the pipeline tells Umami of.
    const isDue = ([signal]: Captured) =>
      isEnding || ('navigationType' in signal && signal.page === pages.landing.info)
    const events = early.filter(isDue).map(([signal]) => bareEvent(signal))
    if (!events[0]) return
    early = early.filter((captured) => !isDue(captured))
    // Out of the middle: the page view comes first, and vitals come last.
    capture.overflow += events.splice(1, events.length - MAX_EVENTS_PER_BATCH).length
    const body = JSON.stringify({
      ...capture.sender(session),
      batchId: uuidv7(now()),
      sentAt: now(),
      dropped: { 'queue-full': capture.overflow },
      events,
    })
    capture.overflow = 0
    attempt(() => store?.setItem(EARLY_KEY, body))
    environment
      .post(options.collector.endpoint, body, { keepalive: true })
      // Another tab may have put its own there since.
      .then(
        ({ status }) => status === 202 && store?.getItem(EARLY_KEY) === body && store.removeItem(EARLY_KEY),
      )
      .catch(() => {})
  }
  const view = (navigationType: PageViewEvent['navigationType']) =>
    emit({ type: 'page-view', navigationType })
  const forget = () => {
    capture.forgotten = (capture.forgotten ?? 0) + early.splice(0).length
    pipeline?.forget()
    active.end()
  }

  let isEnding = false
  const leaveIfHidden = ({ type }: Event) => {
    const isHidden = document.visibilityState === 'hidden'
    // A page that ends is hidden just after `pagehide`, and web-vitals reports only then: one batch carries everything.
    isEnding = type === 'pagehide' || (isEnding && isHidden)
    if (isHidden) leave(isEnding)
  }

  const stops = [
    ...observeErrors(emitError),
    ...observeRequests({
      now,
      propagateTo: options.propagateTo,
      headers: () =>
        // Others may have patched on top of us and call us for ever.
        !isStopped && consent === 'granted'
          ? {
              [SESSION_ID_HEADER]: (session ?? touch()).id,
              [TRACEPARENT_HEADER]: `00-${pages.current.traceId}-${randomHex(16)}-01`,
            }
          : {},
      report: (request) => trail.add({ category: 'request', request }),
    }),
    // Bubbling, so that web-vitals' capturing listeners have reported their final values by now.
    listen(window, 'visibilitychange', leaveIfHidden),
    listen(window, 'pagehide', leaveIfHidden),
    listen(document, 'prerenderingchange', () => view('prerender')),
    ...observePageViews(pages, (navigationType) => {
      trail.add({ category: 'navigation', url: pages.current.info.path })
      view(navigationType)
    }),
  ]
  // Where the browser does not tell when it is idle: in a moment.
  ;(window.requestIdleCallback ?? setTimeout)(guard(begin), { timeout: 1_000 })
  const ready = new Promise<void>(afterLoad)
    .then(() => import('../pipeline/createPipeline.ts'))
    .then(({ createPipeline }) => {
      begin()
      if (isStopped) return
      pipeline = createPipeline(capture)
      early.splice(0).forEach(pipeline.add)
    })
    .catch(() => {})

  return {
    captureError: guard((error, { source = 'manual', ...context } = {}) =>
      emitError(source, error, { handled: true, ...context }),
    ),
    track: guard((name, properties) =>
      emit({
        type: 'custom',
        // Written by developers and plain, it may go out without the masking rules.
        name: /^[a-z_ :.-]+$/i.test(name) ? name : UNMASKED,
        details: { name, properties },
      }),
    ),
    log: guard((level, message, properties) =>
      emit({ type: 'log', level, message: UNMASKED, details: { message, properties } }),
    ),
    addBreadcrumb: guard((message, level) =>
      trail.add({ category: 'custom', message, level } as RawBreadcrumb),
    ),
    identify: guard((userId) =>
      emit({ type: 'custom', name: 'identify', details: { properties: { userId } } }),
    ),
    setRoute: guard((route = '') => {
      pages.current.info.route = route
    }),
    forget: guard(() => {
      forget()
      isStopped || touch()
    }),
    setConsent: guard((next) => {
      if (next === 'denied') forget()
      consent = next
      if (isStopped) return
      // What was forgotten is not taken up again, not even in memory.
      touch()
      if (next === 'granted') pipeline?.permit()
    }),
    get session() {
      return shareSession(session ?? touch())
    },
    get status(): ObserveStatus {
      const delivery = pipeline?.status() ?? { ...NO_DELIVERY, queued: early.length }
      return { ...delivery, state: isStopped ? 'stopped' : 'active', consent }
    },
    flush: () => ready.then(() => pipeline?.flush()),
    shutdown: async () => {
      if (isStopped) return
      // What was stopped at once was no visit: StrictMode does so.
      if (hasBegun) leave(true)
      isStopped = true
      pipeline?.stop()
      for (const stop of stops) stop()
      onShutdown()
    },
  }
}
