import type { DropReason, LogLevel, SessionInfo } from '@acme/observe-schema/types'
import type { AnalyticsStatus } from '../analytics/Analytics.ts'
import type { Consent } from '../options/ObserveOptions.ts'
import type { ReplayStatus } from '../replay/Replay.ts'

/** Properties of an event. They are masked, flattened and cut to the limits of the contract before they are sent. */
export type EventProperties = Readonly<Record<string, unknown>>

/** What is known about an error besides the thrown value. */
export interface ErrorContext {
  properties?: EventProperties | undefined
  /** Who caught it. Default `manual`. */
  source?: 'manual' | 'react'
  /** True when application code dealt with it. Default true for errors that the application reports. */
  handled?: boolean
  /** React's component stack. */
  componentStack?: string | null | undefined
}

/** What the pipeline knows of its events. */
export interface DeliveryStatus {
  /** What the collector's last answer says of it. */
  collector: 'unknown' | 'up' | 'down'
  /** Events that wait for their batch, or for consent. */
  queued: number
  /** Batches that the collector has not confirmed. */
  undelivered: number
  /** Events that the collector accepted from this page. */
  sent: number
  /** Events lost since the start, by reason. */
  dropped: Partial<Record<DropReason, number>>
  /** The recording by OpenReplay. */
  replay: ReplayStatus
  /** Page views and events in Umami. */
  analytics: AnalyticsStatus
}

/** How the SDK is doing, for diagnostics and tests. */
export interface ObserveStatus extends DeliveryStatus {
  /** `inert` on a server, in a worker or when `enabled` is false; `stopped` after `shutdown()`. */
  state: 'inert' | 'active' | 'stopped'
  consent: Consent
}

/** The handle that `initObservability` returns. No method throws, and none does anything after `shutdown()`. */
export interface Observability {
  /**
   * Reports an error that the application caught.
   * @example
   * try { await pay() } catch (error) { observe.captureError(error, { properties: { step: 'payment' } }) }
   */
  captureError: (error: unknown, context?: ErrorContext) => void
  /**
   * Records a business event.
   * @example observe.track('checkout', { step: 2 })
   */
  track: (name: string, properties?: EventProperties) => void
  /** Records a line of log. */
  log: (level: LogLevel, message: string, properties?: EventProperties) => void
  /** Adds a breadcrumb that the next errors will carry. */
  addBreadcrumb: (message: string, level?: LogLevel) => void
  /** Names the signed-in user by an opaque id, never by e-mail or name. */
  identify: (userId: string) => void
  /** Names the route of the page shown, as the router writes it: `/orders/:id`. Undefined returns to the bare path. */
  setRoute: (route: string | undefined) => void
  /** Records the visitor's decision. Granting sends what was kept in memory, denying forgets it. */
  setConsent: (consent: Consent) => void
  /**
   * Deletes everything that the SDK, the recorder and Umami keep in this browser: session, visitor ids, batches that
   * wait. What was sent already stays where it was sent. A new session begins at once.
   */
  forget: () => void
  /** The session that every tool shares. */
  readonly session: SessionInfo
  readonly status: ObserveStatus
  /** Sends what is queued. Resolves when it was delivered or put aside for later. */
  flush: () => Promise<void>
  /** Sends what is queued, removes every listener and patch. A later `initObservability` starts anew. */
  shutdown: () => Promise<void>
}
