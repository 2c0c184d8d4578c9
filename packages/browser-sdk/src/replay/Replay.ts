/**
 * How the recording is doing. `off`: not configured, or not wanted by the visitor. `waiting`: for the page to be
 * shown and at rest. `blocked`: the browser keeps the recorder's worker or its requests from running.
 */
export type ReplayState = 'off' | 'waiting' | 'starting' | 'recording' | 'blocked' | 'failed' | 'stopped'

export interface ReplayStatus {
  state: ReplayState
  /** Why, and what to do about it, when it is blocked or failed. */
  reason?: string
}

/** The recording that OpenReplay's server knows by its own id. */
export interface ReplaySession {
  id: string
  url: string
}

/** A running recorder. */
export interface Replay {
  identify: (userId: string) => void
  /** Marks a moment of the recording. */
  mark: (name: string, payload: Record<string, unknown>) => void
  stop: () => void
  status: () => ReplayStatus
}
