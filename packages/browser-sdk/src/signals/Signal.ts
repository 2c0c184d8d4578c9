import type { Breadcrumb, ObserveEvent } from '@acme/observe-schema/types'
import type { RequestReport } from './observeRequests.ts'

/** A page as it is, before anything is masked. */
export interface RawPage {
  path: string
  route?: string
  title?: string
}

/** A breadcrumb before anything is masked. */
export interface RawBreadcrumb extends Omit<Breadcrumb, 'message'> {
  message?: string
  /** Path of a page that was gone to. */
  url?: string
  request?: RequestReport
}

/** What is known of an event and may be personal. Only `finishSignal` reads it. */
export interface SignalDetails {
  name?: unknown
  message?: unknown
  thrown?: unknown
  componentStack?: string | null | undefined
  properties?: unknown
  entries?: readonly PerformanceEntry[]
  breadcrumbs?: readonly RawBreadcrumb[]
}

type AnyEvent<Event> = Event extends ObserveEvent ? Omit<Event, 'page'> : never

/**
 * An event on its way: what is certainly not personal stands where the wire contract wants it, with placeholders for
 * the rest, which waits in `details` to be masked.
 */
export type Signal = AnyEvent<ObserveEvent> & { page: RawPage; details?: SignalDetails }

type Unstamped<Event> = Event extends Signal ? Omit<Event, 'id' | 'at' | 'page' | 'traceId'> : never

/** A signal before it is known when and where it happened. */
export type SignalFields = Unstamped<Signal>
