/** One HTTP request to the collector: who sends, from which session, and the events. */
export interface Envelope {
  /** Version of the wire contract, {@link SCHEMA_VERSION}. */
  schemaVersion: 1
  /** UUIDv7 of this batch; a retried batch keeps it, so the collector recognises duplicates. */
  batchId: string
  /** Epoch milliseconds at which the batch was first put together. */
  sentAt: number
  sdk: { name: string; version: string }
  app: { name: string; release?: string; environment: string }
  session: SessionInfo
  client: ClientInfo
  events: ObserveEvent[]
  /** Events the SDK lost before this batch, by reason: a loss is always counted. */
  dropped?: Partial<Record<DropReason, number>>
}

/** The session that every tool shares. */
export interface SessionInfo {
  /** UUIDv7 minted by the browser SDK. */
  id: string
  /** Epoch milliseconds. */
  startedAt: number
  /** The recording of this session, once the replay tool has issued its own id. */
  replay?: { id: string; url: string }
}

/** What is known of the browser. Nothing here identifies a person. */
export interface ClientInfo {
  userAgent?: string
  /** BCP 47 tag of the browser's language. */
  language: string
  /** CSS pixels. */
  viewport: { width: number; height: number }
  deviceType: DeviceType
  /** `navigator.connection.effectiveType` where the browser has it. */
  connection?: string
}

export type DeviceType = 'mobile' | 'tablet' | 'desktop'

/** Why the browser SDK lost events. */
export type DropReason =
  | 'queue-full'
  | 'rate-limit'
  | 'too-large'
  | 'expired'
  | 'rejected'
  | 'send-failed'
  | 'storage-failed'
  | 'before-send'
  | 'sampled'
  | 'consent'

/** Any event of the wire contract; `type` tells them apart. */
export type ObserveEvent = WebVitalEvent | ErrorEvent | PageViewEvent | CustomEvent | LogEvent

export type EventType = ObserveEvent['type']

/** What every event carries. */
export interface EventBase {
  /** UUIDv7. */
  id: string
  /** Epoch milliseconds at which it happened. */
  at: number
  page: PageInfo
  /** W3C trace id (32 lower-case hex digits) of the request or navigation it belongs to. */
  traceId?: string
}

/** The page an event happened on, sanitized: no query values, no fragments, ids and e-mails templated. */
export interface PageInfo {
  path: string
  /** Route pattern as the router names it, for example `/orders/:id`. */
  route?: string
  title?: string
}

export type WebVitalName = 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB' | 'FID'
export type WebVitalRating = 'good' | 'needs-improvement' | 'poor'

/** One report of a Core Web Vital. */
export interface WebVitalEvent extends EventBase {
  type: 'web-vital'
  name: WebVitalName
  /** Milliseconds; CLS is a unitless score. */
  value: number
  /** Change since this metric's previous report; equals `value` on the first one. */
  delta: number
  rating: WebVitalRating
  /** Identifies the metric instance: later reports of the same instance supersede earlier ones. */
  metricId: string
  navigationType: string
  /** What caused the value: target selector, phases in milliseconds. */
  attribution?: Properties
}

export type ErrorSource = 'window' | 'rejection' | 'react' | 'console' | 'resource' | 'manual'

/** One error, or many equal ones within a batch window (`count`). */
export interface ErrorEvent extends EventBase {
  type: 'error'
  source: ErrorSource
  name: string
  message: string
  stack?: string
  frames?: StackFrame[]
  /** The chain of `error.cause`, nearest first. */
  causes?: ErrorCause[]
  componentStack?: string
  /** True when application code caught it and reported it. */
  handled: boolean
  /** Equal errors share it: hash of name, normalised message and top frames. */
  fingerprint: string
  /** How many equal errors this event stands for. */
  count: number
  breadcrumbs?: Breadcrumb[]
  properties?: Properties
}

export interface StackFrame {
  function?: string
  file: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
}

export interface ErrorCause {
  name: string
  message: string
  stack?: string
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What the user did before an error. */
export interface Breadcrumb {
  /** Epoch milliseconds. */
  at: number
  category: 'click' | 'navigation' | 'request' | 'console' | 'error' | 'custom'
  message: string
  level?: LogLevel
}

/** A page was shown, by a load or by the router. */
export interface PageViewEvent extends EventBase {
  type: 'page-view'
  /** Sanitized URL; empty when there is none. */
  referrer?: string
  navigationType: 'load' | 'push' | 'replace' | 'traverse' | 'bfcache' | 'prerender'
}

/** A business event of the application. */
export interface CustomEvent extends EventBase {
  type: 'custom'
  name: string
  properties?: Properties
}

/** A log line of the page. */
export interface LogEvent extends EventBase {
  type: 'log'
  level: LogLevel
  message: string
  properties?: Properties
}

/** Flat values only: nesting would make them unqueryable in CloudWatch Logs Insights. */
export type Properties = Record<string, string | number | boolean | null>

/** `202`: which events were taken and which were not. Valid events of a batch are never lost to bad ones. */
export interface CollectorAccepted {
  accepted: number
  rejected: RejectedEvent[]
  /** Present when the batch had been received before and was not processed again. */
  duplicate?: true
}

export interface RejectedEvent {
  /** Position in `events`. */
  index: number
  issues: { path: string; message: string }[]
}

/** Body of every answer that refuses the whole request. */
export interface CollectorError {
  error: { code: CollectorErrorCode; message: string }
}

export type CollectorErrorCode =
  | 'invalid_json'
  | 'invalid_envelope'
  | 'unsupported_schema_version'
  | 'origin_not_allowed'
  | 'invalid_key'
  | 'method_not_allowed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'throttled'
