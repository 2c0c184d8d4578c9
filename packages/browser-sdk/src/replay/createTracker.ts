import { sanitizeUrl } from '@acme/observe-schema/masking'
import OpenReplay from '@openreplay/tracker/class'

/** The tracker's own requests would carry the page's full address and its referrer. */
const discreet = (init: RequestInit = {}): RequestInit => ({
  ...init,
  referrerPolicy: 'origin',
  ...(typeof init.body === 'string' && {
    body: JSON.stringify(JSON.parse(init.body), (key, value) =>
      key === 'referrer' ? sanitizeUrl(value) : value,
    ),
  }),
})

const isLocal = () => /^(?:localhost|127\.|\[::1\])/.test(location.hostname)

export interface TrackerOptions {
  projectKey: string
  /** Absolute. */
  ingestPoint: string
  /** True for addresses of our own requests, which are not recorded. */
  isOwn: (url: string) => boolean
}

/** OpenReplay's tracker, with everything off that is not wanted or not safe. It records nothing until it is started. */
export const createTracker = ({ projectKey, ingestPoint, isOwn }: TrackerOptions): OpenReplay => {
  const { fetch } = window
  window.fetch = (input, init) =>
    typeof input === 'string' && input.startsWith(ingestPoint)
      ? fetch(input, discreet(init))
      : fetch(input, init)

  return new OpenReplay({
    projectKey,
    ingestPoint,
    __DISABLE_SECURE_MODE: isLocal(),
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
    consoleMethods: ['error'],
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
  } as never)
}
