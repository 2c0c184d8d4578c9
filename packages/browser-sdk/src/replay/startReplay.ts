import { maskText } from '@acme/observe-schema/masking'
import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import { prepareTracker } from './prepareTracker.ts'
import type { Replay, ReplaySession, ReplayStatus } from './Replay.ts'

/** So that a short visit is seen at all, in milliseconds after the start. */
const FIRST_FLUSHES_MS = [100, 1_000]

/** So that a tab closed abruptly loses little, in milliseconds. The tracker by itself sends every 30 seconds. */
const FLUSH_EVERY_MS = 10_000

export interface StartReplayDependencies {
  options: OpenReplayOptions
  /** The id that every tool shares, as it is now. */
  sessionId: () => string
  /** Addresses of our own requests. */
  ownUrls: readonly string[]
  /** Called with every recording that begins. */
  onStart: (session: ReplaySession) => void
}

/** Starts OpenReplay behind the firewall. Without the firewall nothing is recorded. */
export const startReplay = ({ options, sessionId, ownUrls, onStart }: StartReplayDependencies): Replay => {
  let status: ReplayStatus = { state: 'starting' }
  const fail = (obstacle: ReplayStatus) => {
    status = obstacle
  }
  const prepared = prepareTracker(options, ownUrls, {
    onObstacle: fail,
    onStart: (id) => {
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
  tracker?.start({ metadata: { observe_session: sessionId() } }).then(
    (outcome) => {
      if (!outcome.success) fail({ state: 'failed', reason: outcome.reason })
    },
    (reason: unknown) => fail({ state: 'failed', reason: String(reason) }),
  )
  return {
    identify: (userId) => tracker?.setUserID(maskText(userId)),
    mark: (name, payload) => tracker?.event(name, payload),
    stop: () => {
      clearInterval(flushing)
      tracker?.stop()
      status = { state: 'stopped' }
    },
    status: () => status,
  }
}
