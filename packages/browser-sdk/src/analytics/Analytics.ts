/** How the page views get to Umami. `blocked`: the script or the endpoint cannot be reached. */
export type AnalyticsState = 'off' | 'waiting' | 'sending' | 'blocked'

export interface AnalyticsStatus {
  state: AnalyticsState
  /** Page views and events that Umami took from this page. */
  sent: number
}

/** One page view or event, ready for Umami: sanitized, and within its limits. */
export interface UmamiPayload {
  website: string
  hostname: string
  screen: string
  language: string
  url: string
  title: string
  referrer: string
  /** The session id, Umami's distinct id. */
  id: string
  tag?: string
  name?: string
  data?: Record<string, unknown>
}

/** Hands a payload to Umami; resolves to false when it did not arrive. */
export type SendPayload = (type: 'event' | 'identify', payload: UmamiPayload) => Promise<boolean>
