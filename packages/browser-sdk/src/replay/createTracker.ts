import { sanitizeUrl } from '@acme/observe-schema/masking'
import OpenReplay from '@openreplay/tracker/class'
import { refusedStorage } from './refusedStorage.ts'

interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => typeof rules
}

export interface TrackerOptions {
  projectKey: string
  /** Absolute. */
  ingestPoint: string
  /** The page's own, as it was before anybody patched it: what the tracker sends is no request of the application. */
  fetch: typeof fetch
  /** Methods of `console` whose lines are recorded. */
  consoleLevels: readonly string[]
  /** True for addresses of our own requests, which are not recorded. */
  isOwn: (url: string) => boolean
  /**
   * Called when the ingest service is about to be told of a recording. Returns the id that every tool shares; throws when
   * there shall be none any more.
   */
  announce: () => string
}

/**
 * The tracker's own start request would carry the page's full address, its referrer and an id that stays with the visitor
 * for good: the session id takes that one's place, and with it the recording can be found from its first byte on. Sent as
 * text it needs no preflight, which OpenReplay's server reads as JSON all the same, and it outlives the page.
 */
const discreet = (body: string, sessionId: string): RequestInit => {
  const { referrer, ...start } = JSON.parse(body)
  return {
    method: 'POST',
    keepalive: true,
    referrerPolicy: 'origin',
    body: JSON.stringify({ ...start, userUUID: sessionId, referrer: sanitizeUrl(String(referrer)) }),
  }
}

const createPolicy = () => {
  try {
    return (window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('observe-recorder', {
      createScriptURL: (url) => url,
    })
  } catch {
    // The page allows no policy of this name.
    return undefined
  }
}

/** Where Trusted Types are enforced, a worker may only be made of an address that a policy vouches for. */
const withTrustedWorker = <Result>(make: () => Result): Result => {
  const policy = createPolicy()
  if (!policy) return make()
  const trust = (url: string) => policy.createScriptURL(url)
  const { Worker } = window
  window.Worker = class extends Worker {
    constructor(url: string | URL) {
      super(trust(String(url)))
    }
  }
  try {
    return make()
  } finally {
    window.Worker = Worker
  }
}

/** OpenReplay's tracker, with everything off that is not wanted or not safe. It records nothing until it is started. */
export const createTracker = ({
  projectKey,
  ingestPoint,
  fetch: send,
  consoleLevels,
  isOwn,
  announce,
}: TrackerOptions): OpenReplay => {
  const { fetch } = window
  const announceBy = async (url: string, body: string) => send(url, discreet(body, announce()))
  window.fetch = (input, init) => {
    if (typeof input !== 'string' || !input.startsWith(ingestPoint)) return fetch(input, init)
    if (typeof init?.body === 'string') return announceBy(input, init.body)
    return send(input, { ...init, referrerPolicy: 'origin' })
  }

  const options = {
    projectKey,
    ingestPoint,
    ...refusedStorage(),
    // The tracker knows no origin as secure but those of HTTPS; browsers count the machine itself as well.
    __DISABLE_SECURE_MODE: isSecureContext,
    // The rules decide, in the firewall, by field and by value; what is left to the tracker would be all or nothing.
    defaultInputMode: 0,
    obscureInputEmails: false,
    obscureInputNumbers: false,
    obscureTextEmails: false,
    obscureTextNumbers: false,
    disableStringDict: true,
    resourceBaseHref: `${location.origin}/`,
    captureExceptions: false,
    captureResourceTimings: false,
    capturePerformance: false,
    captureCustomEvents: false,
    consoleMethods: consoleLevels,
    consoleThrottling: 10,
    canvas: { disableCanvas: true },
    mouse: { disableClickmaps: true },
    network: {
      capturePayload: false,
      failuresOnly: false,
      ignoreHeaders: true,
      sessionTokenHeader: false,
      captureInIframes: false,
      sanitizer: (request: { url: string }) => (isOwn(request.url) ? null : request),
    },
    urls: { urlSanitizer: sanitizeUrl },
  }
  return withTrustedWorker(() => new OpenReplay(options as never))
}
