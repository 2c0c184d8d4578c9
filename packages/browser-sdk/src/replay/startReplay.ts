import { maskText } from '@acme/observe-schema/masking'
import { prepareTracker, type TrackerNeeds } from './prepareTracker.ts'
import type { Replay, ReplaySession, ReplayStatus } from './Replay.ts'

/** So that a short visit is seen at all, in milliseconds after the start. */
const FIRST_FLUSHES_MS = [200, 1_000]

/** So that a tab closed abruptly loses little, in milliseconds. The tracker by itself sends every 30 seconds. */
const FLUSH_EVERY_MS = 10_000

export interface StartReplayDependencies extends TrackerNeeds {
  /** The id that every tool shares, as it is now. */
  sessionId: () => string
  /** True when nothing may be carried on from an earlier recording: neither its id nor its user. */
  isNew: boolean
  /** Called when the ingest service is about to be told of a recording. */
  onAnnounce: () => void
  /** Called with every recording that begins. */
  onStart: (session: ReplaySession) => void
}

/** The tracker's starts, one after the other: it mixes up two at a time. */
let starting: Promise<unknown> = Promise.resolve()

/** Starts OpenReplay behind the firewall. Without the firewall nothing is recorded. */
export const startReplay = ({
  sessionId,
  isNew,
  onAnnounce,
  onStart,
  ...needs
}: StartReplayDependencies): Replay => {
  let status: ReplayStatus = { state: 'starting' }
  const isListening = () => status.state !== 'stopped'
  const fail = (obstacle: ReplayStatus) => {
    if (isListening()) status = obstacle
  }
  const prepared = prepareTracker(needs, {
    isListening,
    sessionId,
    onAnnounce,
    onObstacle: fail,
    onStart: (id) => {
      if (!isListening()) return
      // The tracker reports a start as well when its worker does not run.
      if (status.state !== 'blocked') status = { state: 'recording' }
      tracker?.setMetadata('observe_session', sessionId())
      tracker?.event('observe.session', { id: sessionId() })
      for (const delayMs of FIRST_FLUSHES_MS) setTimeout(flush, delayMs)
      onStart({ id, url: tracker?.getSessionURL() ?? '' })
    },
  })
  const tracker = 'tracker' in prepared ? prepared.tracker : undefined
  if ('obstacle' in prepared) fail(prepared.obstacle)

  const flush = () => tracker?.forceFlushBatch()
  const flushing = setInterval(flush, FLUSH_EVERY_MS)
  const start = async () => {
    if (!tracker || !isListening()) return
    try {
      const outcome = await tracker.start({ metadata: { observe_session: sessionId() }, forceNew: isNew })
      // A start that was under way does not notice that it was stopped.
      if (!isListening()) tracker.stop()
      else if (!outcome.success) fail({ state: 'failed', reason: outcome.reason })
    } catch (reason) {
      fail({ state: 'failed', reason: String(reason) })
    }
  }
  starting = starting.then(start)
  return {
    identify: (userId) => tracker?.setUserID(maskText(userId)),
    mark: (name, payload) => tracker?.event(name, payload),
    stop: () => {
      clearInterval(flushing)
      tracker?.stop()
      status = { state: 'stopped' }
    },
    // The tracker waits until the page is shown.
    status: () => (status.state === 'starting' && document.hidden ? { state: 'waiting' } : status),
  }
}
