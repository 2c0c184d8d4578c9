import type { ErrorSource, ObserveEvent, SessionInfo } from '@acme/observe-schema/types'
import type { Consent, ObserveOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'
import type { Trail } from '../signals/createTrail.ts'
import type { RouteMeasures } from '../signals/observeRouteVitals.ts'
import type { MetricLike } from '../signals/observeVitals.ts'
import type { Signal, SignalFields } from '../signals/Signal.ts'
import type { Sender, SenderSession } from './describeSender.ts'
import type { ErrorContext } from './Observability.ts'
import type { Page, Pages } from './Pages.ts'

/** A signal and the session it belongs to. */
export type Captured = readonly [signal: Signal, session: SessionInfo]

/** What the entry chunk knows and the pipeline works with. */
export interface Capture {
  options: ObserveOptions
  environment: Environment
  consent: () => Consent
  /** Undefined while storing is not allowed or not possible. */
  storage: () => Storage | undefined
  /** Notes activity and returns its session. */
  touch: () => SessionInfo
  /** The session as it was last noted. */
  session: () => SessionInfo
  pages: Pages
  trail: Trail
  /** Without a page it happened on the present one. Without a session it is activity of the visitor. */
  emit: (fields: SignalFields, page?: Page, session?: SessionInfo) => void
  emitError: (source: ErrorSource, thrown: unknown, context?: ErrorContext) => void
  measures: RouteMeasures
  /** What of a signal may go out without the masking rules. */
  bare: (signal: Signal) => ObserveEvent
  /** Takes a metric of the page that was loaded, or of another. */
  reportVital: (metric: MetricLike, page?: Page) => void
  /** True when the session is one of the sample. */
  isWanted: (session: SessionInfo) => boolean
  /** What all envelopes of a session have in common. */
  sender: (session: SenderSession) => Sender
  /** How many signals came before the pipeline was there and could not be kept. */
  overflow: number
  /** Set by the pipeline: true while a visit that is to be recorded is not. */
  isUnrecorded?: () => boolean
  /** How many signals were forgotten before the pipeline was there; undefined when nobody asked for it. */
  forgotten?: number
}
