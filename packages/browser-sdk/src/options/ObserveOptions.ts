import type { ObserveEvent } from '@acme/observe-schema/types'

/** Whether the visitor allowed observation. `pending` keeps events in memory, sends and stores nothing. */
export type Consent = 'granted' | 'denied' | 'pending'

/** The team's collector, the endpoint that `createCollector` of `@acme/observe-lambda/collector` answers. */
export interface CollectorOptions {
  /** URL of the collector; a path on the page's own origin will do: `/v1/events`. */
  endpoint: string
  /** Longest time an event waits for its batch to fill, in milliseconds. Default 5000. */
  batchIntervalMs?: number
}

/** Session replay by OpenReplay. */
export interface OpenReplayOptions {
  /** Project key, from the project's settings in OpenReplay. */
  projectKey: string
  /** URL of your own ingest service; it ends in `/ingest`. */
  ingestPoint: string
  /** True masks everything that is not inside `[data-observe-record]`, console lines too. Default false. */
  strict?: boolean
  /** CSS selector of further elements to mask. `[data-observe-mask]` always is. */
  maskSelector?: string
}

/** Page views and events in Umami. */
export interface UmamiOptions {
  /** Id of the website, from Umami's settings. */
  websiteId: string
  /** URL of your own Umami. */
  host: string
  /**
   * `direct` (default) speaks to Umami itself; `script` injects Umami's tracker script, which blockers know by name.
   */
  mode?: 'direct' | 'script'
  /** Path that takes the events, as Umami's `COLLECT_API_ENDPOINT` names it. Default `/api/send`. */
  endpoint?: string
  /** File name of the script, as Umami's `TRACKER_SCRIPT_NAME` names it. Default `script.js`. */
  scriptName?: string
  /** Host names that are counted, exactly as the address bar shows them. Default all. */
  domains?: readonly string[]
  /** Tag of all events, to compare variants. */
  tag?: string
}

/** Options of `initObservability`. */
export interface ObserveOptions {
  /** Name of the application, for example `shop`. */
  app: string
  /** Where it runs, for example `production`; part of the metrics' namespace. */
  environment: string
  /** Version of the application, for example a git hash. */
  release?: string
  collector: CollectorOptions
  openReplay?: OpenReplayOptions
  umami?: UmamiOptions
  /** False turns everything off and returns a handle whose methods do nothing. Default true. */
  enabled?: boolean
  /** State of consent at the start. Change it later by `setConsent`. Default `granted`. */
  consent?: Consent
  /** True treats Global Privacy Control and Do Not Track as consent denied. Default false. */
  respectPrivacySignals?: boolean
  /** Share of sessions that are observed, 0 to 1. Default 1. */
  sampleRate?: number
  /**
   * Where the session id and trace headers may go besides the page's own origin. A string matches the beginning of
   * the URL up to a `/`, `?`, `#` or its end, a regular expression the whole URL. The API must allow both headers in its CORS settings.
   */
  propagateTo?: readonly (string | RegExp)[]
  /** Query parameters whose values may be recorded. Default none. */
  allowedUrlParams?: readonly string[]
  /**
   * Console levels to report: `error` as errors, all others as logs and breadcrumbs; recordings show their lines. Default none.
   */
  captureConsole?: readonly ('error' | 'warn' | 'info' | 'log' | 'debug')[]
  /** Errors not to report: part of their message, or a pattern of it. Well-known noise is left out anyway. */
  ignoreErrors?: readonly (string | RegExp)[]
  /** False reports neither failed nor slow requests; breadcrumbs name them all the same. Default true. */
  requests?: boolean
  /** Requests at least this slow, in milliseconds, are reported, besides failed ones. Default 3000. */
  slowRequestMs?: number
  /** Animation frames at least this long, in milliseconds, are reported, with the script to blame. Default none. */
  longFrameMs?: number
  /** True reports LCP, INP and CLS of each route too, where the browser recognises soft navigations. Default false. */
  softNavigations?: boolean
  /** True reports once per load where its time went and how much was loaded. Default false. */
  navigationTiming?: boolean
  /** Called with every event before it is sent. Return it, changed or not, or null to drop it. */
  beforeSend?: (event: ObserveEvent) => ObserveEvent | null
  /** Prints to the console what is sent. Default false. */
  debug?: boolean
}
