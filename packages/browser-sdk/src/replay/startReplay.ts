import { sanitizeUrl } from '@acme/observe-schema/masking'
import OpenReplay from '@openreplay/tracker/class'
import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import { createElementRules } from './createElementRules.ts'
import { createFirewall } from './createFirewall.ts'
import type { Replay, ReplaySession, ReplayStatus } from './Replay.ts'
import { watchWorker } from './watchWorker.ts'

export interface StartReplayDependencies {
  options: OpenReplayOptions
  /** The id that every tool shares, as it is now. */
  sessionId: () => string
  /** Addresses of our own requests. */
  ownUrls: readonly string[]
  /** Called with every recording that begins. */
  onStart: (session: ReplaySession) => void
}

/** The tracker's inner application, as far as it is used here. Checked before use: it is no public contract. */
interface TrackerApp {
  worker?: Worker
  nodes: { getNode: (id: number) => Node | undefined }
  attachStartCallback: (callback: (info: { sessionID: string }) => void) => void
}

/** So that a short visit is seen at all, in milliseconds after the start. */
const FIRST_FLUSHES_MS = [100, 1_000]

/** So that a tab closed abruptly loses little, in milliseconds. */
const FLUSH_EVERY_MS = 10_000

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

/** The one recorder of this page: the tracker refuses a second instance for as long as the page lives. */
let tracker: OpenReplay | undefined

/** Starts OpenReplay behind the firewall. Without the firewall nothing is recorded. */
export const startReplay = ({ options, sessionId, ownUrls, onStart }: StartReplayDependencies): Replay => {
  const { projectKey, ingestPoint } = options
  let status: ReplayStatus = { state: 'starting' }
  const ingest = new URL(ingestPoint, location.href).href
  const isOwn = (url: string) => {
    const target = URL.canParse(url, location.href) ? new URL(url, location.href).href : url
    return [ingest, ...ownUrls].some((own) => target.startsWith(own))
  }
  const rules = createElementRules(options)
  const firewall = createFirewall({
    rules,
    isOwn,
    nodeOf: (id) => app?.nodes.getNode(id),
  })
  let app: TrackerApp | undefined
  const fail = (state: 'blocked' | 'failed', reason: string) => {
    status = { state, reason }
  }

  if (!tracker) {
    const { fetch } = window
    window.fetch = (input, init) =>
      typeof input === 'string' && input.startsWith(ingest)
        ? fetch(input, discreet(init))
        : fetch(input, init)

    tracker = new OpenReplay({
      projectKey,
      ingestPoint: ingest,
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
  const recorder = tracker
  recorder.use((inner: unknown) => {
    app = (inner as TrackerApp | null) ?? undefined
  })
  if (!app) {
    fail('failed', 'the tracker refuses to run here: it needs HTTPS and no other instance on the page')
    return idle(status)
  }
  const { worker } = app
  if (!worker) {
    fail(
      'blocked',
      "the recorder's worker could not be made; Trusted Types and frames of other origins forbid it",
    )
    return idle(status)
  }
  if (typeof app.nodes?.getNode !== 'function') {
    fail('failed', 'the tracker is not the release that this SDK was built for')
    return idle(status)
  }
  const post = worker.postMessage.bind(worker)
  worker.postMessage = (data: unknown) => post(firewall(data))

  watchWorker(worker, (reason) => {
    fail('blocked', reason)
    recorder.stop()
  })
  // A page that is closed takes its worker along, and what the worker had not sent. The tracker sends every 30 s.
  const flush = () => recorder.forceFlushBatch()
  const flushing = setInterval(flush, FLUSH_EVERY_MS)

  app.attachStartCallback(({ sessionID }) => {
    for (const delayMs of FIRST_FLUSHES_MS) setTimeout(flush, delayMs)
    if (status.state !== 'blocked') status = { state: 'recording' }
    recorder.setMetadata('observe_session', sessionId())
    recorder.event('observe.session', { id: sessionId() })
    onStart({ id: sessionID, url: recorder.getSessionURL() ?? '' })
  })
  recorder.start({ metadata: { observe_session: sessionId() } }).then(
    (outcome: { success: boolean; reason?: string }) => {
      if (!outcome.success) fail('failed', outcome.reason ?? 'the ingest service refused the session')
    },
    (reason: unknown) => fail('failed', String(reason)),
  )
  return {
    identify: (userId) => recorder.setUserID(userId),
    mark: (name, payload) => recorder.event(name, payload),
    stop: () => {
      clearInterval(flushing)
      recorder.stop()
      status = { state: 'stopped' }
    },
    status: () => status,
  }
}

const idle = (status: ReplayStatus): Replay => ({
  identify: () => {},
  mark: () => {},
  stop: () => {},
  status: () => status,
})
