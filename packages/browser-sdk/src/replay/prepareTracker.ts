import type OpenReplay from '@openreplay/tracker/class'
import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import { createElementRules } from './createElementRules.ts'
import { createFirewall } from './createFirewall.ts'
import { createTracker } from './createTracker.ts'
import { watchWorker } from './watchWorker.ts'

/** Why there will be no recording on this page. */
export interface Obstacle {
  state: 'blocked' | 'failed'
  reason: string
}

/** Whom the recorder serves. */
export interface TrackerListener {
  /** False once it wants no more: the tracker itself begins even when it was stopped on the way. */
  isListening: () => boolean
  /** The id that every tool shares, as it is now. */
  sessionId: () => string
  /** Called when the ingest service is about to be told of a recording. */
  onAnnounce: () => void
  onStart: (recordingId: string) => void
  onObstacle: (obstacle: Obstacle) => void
}

export interface TrackerNeeds {
  options: OpenReplayOptions
  /** The page's own, as it was before anybody patched it. */
  fetch: typeof fetch
  /** Addresses of our own requests. */
  ownUrls: readonly string[]
  /** Levels of the console lines that are recorded. */
  consoleLevels: readonly string[]
}

/** The tracker's inner application, as far as it is used here. Checked before use: it is no public contract. */
interface TrackerApp {
  worker?: Worker
  nodes: { getNode: (id: number) => Node | undefined }
  attachStartCallback: (callback: (info: { sessionID: string }) => void) => void
}

type Prepared = { tracker: OpenReplay } | { obstacle: Obstacle }

let prepared: Prepared | undefined
let listener: TrackerListener

const obstacle = (state: Obstacle['state'], reason: string): Prepared => ({ obstacle: { state, reason } })

const prepare = ({ options, fetch, ownUrls, consoleLevels }: TrackerNeeds): Prepared => {
  if (location.protocol !== 'https:' && !isSecureContext) {
    return obstacle('failed', 'OpenReplay records pages served by HTTPS only')
  }
  if ('__OPENREPLAY__' in window) {
    return obstacle('failed', 'another OpenReplay tracker runs on this page: remove it')
  }
  const ingestPoint = new URL(options.ingestPoint, location.href).href
  const isOwn = (url: string) => {
    const target = URL.canParse(url, location.href) ? new URL(url, location.href).href : url
    return [ingestPoint, ...ownUrls].some((own) => target.startsWith(own))
  }
  let hasEnded = false
  addEventListener('pagehide', ({ persisted }) => {
    hasEnded = !persisted
  })
  const tracker = createTracker({
    projectKey: options.projectKey,
    ingestPoint,
    fetch,
    consoleLevels,
    isOwn,
    announce: () => {
      // A page that has ended was announced by then: a start that was due has still a moment to run.
      if (hasEnded || !listener.isListening()) throw new Error('stopped')
      listener.onAnnounce()
      return listener.sessionId()
    },
  })
  const app = tracker.use((inner: unknown) => inner as TrackerApp | null)
  if (!app) return obstacle('failed', 'this browser lacks what the tracker needs')
  const { worker, nodes } = app
  if (!worker) {
    return obstacle(
      'blocked',
      "the recorder's worker could not be made: add observe-recorder to the policies that trusted-types allows",
    )
  }
  if (typeof nodes?.getNode !== 'function') {
    return obstacle('failed', 'the tracker is not the release that this SDK was built for')
  }
  const firewall = createFirewall({
    rules: createElementRules(options),
    consoleLevels,
    isOwn,
    nodeOf: (id) => nodes.getNode(id),
  })
  const post = worker.postMessage.bind(worker)
  worker.postMessage = (data: unknown) => {
    if (listener.isListening() || data === 'stop') post(firewall(data))
  }
  watchWorker(worker, (found) => {
    listener.onObstacle(found)
    tracker.stop()
  })
  app.attachStartCallback(({ sessionID }) => listener.onStart(sessionID))
  return { tracker }
}

/**
 * The one tracker of this page behind the firewall, or why there is none: it refuses a second instance for as long as
 * the page lives. Whoever asked last is told what happens.
 */
export const prepareTracker = (needs: TrackerNeeds, next: TrackerListener): Prepared => {
  listener = next
  prepared ??= prepare(needs)
  return prepared
}
