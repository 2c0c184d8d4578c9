import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import type { Replay, ReplayStatus } from './Replay.ts'
import type { StartReplayDependencies } from './startReplay.ts'
import { whenQuiet } from './whenQuiet.ts'

export interface RecorderDependencies extends Omit<StartReplayDependencies, 'options'> {
  options: OpenReplayOptions | undefined
}

/** Loads and starts the recorder when the page can afford it, and speaks for it until then. */
export interface Recorder {
  start: () => void
  stop: () => void
  identify: (userId: string) => void
  mark: (name: string, payload: Record<string, unknown>) => void
  status: () => ReplayStatus
}

export const createRecorder = ({ options, ...dependencies }: RecorderDependencies): Recorder => {
  let status: ReplayStatus = { state: 'off' }
  let replay: Replay | undefined
  let callOff: (() => void) | undefined
  let user: string | undefined

  const load = async () => {
    try {
      const { startReplay } = await import('./startReplay.ts')
      if (status.state !== 'waiting' || !options) return
      replay = startReplay({ options, ...dependencies })
      if (user !== undefined) replay.identify(user)
    } catch (error) {
      status = { state: 'blocked', reason: `the recorder could not be loaded: ${error}` }
    }
  }

  return {
    start: () => {
      if (!options || status.state === 'waiting') return
      status = { state: 'waiting' }
      replay = undefined
      callOff = whenQuiet(() => void load())
    },
    stop: () => {
      callOff?.()
      replay?.stop()
      replay = undefined
      status = { state: options ? 'stopped' : 'off' }
    },
    identify: (userId) => {
      user = userId
      replay?.identify(userId)
    },
    mark: (name, payload) => replay?.mark(name, payload),
    status: () => replay?.status() ?? status,
  }
}
