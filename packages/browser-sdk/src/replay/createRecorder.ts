import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import type { Replay, ReplaySession, ReplayStatus } from './Replay.ts'
import { whenQuiet } from './whenQuiet.ts'

export interface RecorderDependencies {
  options: OpenReplayOptions | undefined
  /** The page's own, as it was before anybody patched it. */
  fetch: typeof fetch
  /** The id that every tool shares, as it is now. */
  sessionId: () => string
  /** Addresses of our own requests. */
  ownUrls: readonly string[]
  /** Levels of the console lines that are recorded. */
  consoleLevels: readonly string[]
  /** Called with every recording that begins. */
  onStart: (session: ReplaySession) => void
}

/** Loads and starts the recorder when the page can afford it, and speaks for it until then. */
export interface Recorder {
  /** Does nothing when it was started already. */
  start: () => void
  /** A later start begins another recording. */
  stop: () => void
  /** Stops, and carries nothing over to a later start. */
  forget: () => void
  /** True while it should record and OpenReplay knows nothing of it yet. */
  isDue: () => boolean
  identify: (userId: string) => void
  mark: (name: string, payload: Record<string, unknown>) => void
  status: () => ReplayStatus
}

export const createRecorder = ({ options, ...dependencies }: RecorderDependencies): Recorder => {
  let status: ReplayStatus = { state: 'off' }
  let replay: Replay | undefined
  let callOff: (() => void) | undefined
  let user: string | undefined
  let isNew = false
  let isAnnounced = false

  const onAnnounce = () => {
    isAnnounced = true
  }
  const load = async () => {
    try {
      const { startReplay } = await import('./startReplay.ts')
      if (status.state !== 'waiting' || !options) return
      replay = startReplay({ options, isNew, onAnnounce, ...dependencies })
      if (user !== undefined) replay.identify(user)
    } catch (error) {
      status = { state: 'blocked', reason: `the recorder could not be loaded: ${error}` }
    }
  }
  const stop = () => {
    callOff?.()
    replay?.stop()
    replay = undefined
    status = { state: options ? 'stopped' : 'off' }
    isNew = true
  }
  const currentStatus = () => replay?.status() ?? status

  return {
    start: () => {
      if (!options || !/^(?:off|stopped)$/.test(status.state)) return
      status = { state: 'waiting' }
      isAnnounced = false
      callOff = whenQuiet(() => void load())
    },
    stop,
    forget: () => {
      stop()
      user = undefined
    },
    isDue: () => !isAnnounced && /^(?:waiting|starting)$/.test(currentStatus().state),
    identify: (userId) => {
      user = userId
      replay?.identify(userId)
    },
    mark: (name, payload) => replay?.mark(name, payload),
    status: currentStatus,
  }
}
