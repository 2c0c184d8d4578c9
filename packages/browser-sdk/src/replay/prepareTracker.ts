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

/** What the recorder tells. */
export interface TrackerListener {
  onStart: (recordingId: string) => void
  onObstacle: (obstacle: Obstacle) => void
}

/** The tracker's inner application, as far as it is used here. Checked before use: it is no public contract. */
interface TrackerApp {
  worker?: Worker
  nodes: { getNode: (id: number) => Node | undefined }
  attachStartCallback: (callback: (info: { sessionID: string }) => void) => void
}

type Prepared = { tracker: OpenReplay } | { obstacle: Obstacle }

let prepared: Prepared | undefined
let listener: TrackerListener | undefined

const prepare = (options: OpenReplayOptions, ownUrls: readonly string[]): Prepared => {
  const ingestPoint = new URL(options.ingestPoint, location.href).href
  const isOwn = (url: string) => {
    const target = URL.canParse(url, location.href) ? new URL(url, location.href).href : url
    return [ingestPoint, ...ownUrls].some((own) => target.startsWith(own))
  }
  const tracker = createTracker({ projectKey: options.projectKey, ingestPoint, isOwn })
  const app = tracker.use((inner: unknown) => inner as TrackerApp | null)
  const obstacle = (state: Obstacle['state'], reason: string) => ({ obstacle: { state, reason } })
  if (!app) {
    return obstacle('failed', 'the tracker refuses to run: it needs HTTPS and no other instance on the page')
  }
  const { worker, nodes } = app
  if (!worker) {
    return obstacle('blocked', "the recorder's worker could not be made; Trusted Types forbid it")
  }
  if (typeof nodes?.getNode !== 'function') {
    return obstacle('failed', 'the tracker is not the release that this SDK was built for')
  }
  const firewall = createFirewall({
    rules: createElementRules(options),
    isOwn,
    nodeOf: (id) => nodes.getNode(id),
  })
  const post = worker.postMessage.bind(worker)
  worker.postMessage = (data: unknown) => post(firewall(data))
  watchWorker(worker, (found) => {
    listener?.onObstacle(found)
    tracker.stop()
  })
  app.attachStartCallback(({ sessionID }) => listener?.onStart(sessionID))
  return { tracker }
}

/**
 * The one tracker of this page behind the firewall, or why there is none: it refuses a second instance for as long as
 * the page lives. Whoever asked last is told what happens.
 */
export const prepareTracker = (
  options: OpenReplayOptions,
  ownUrls: readonly string[],
  next: TrackerListener,
): Prepared => {
  listener = next
  prepared ??= prepare(options, ownUrls)
  return prepared
}
