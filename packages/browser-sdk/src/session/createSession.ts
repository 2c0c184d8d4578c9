import type { SessionInfo } from '@acme/observe-schema/types'
import { attempt } from '../runtime/guard.ts'
import { uuidv7 } from '../runtime/ids.ts'

/** A session ends after this long without activity, in milliseconds. */
export const SESSION_IDLE_MS = 1_800_000

/** A session ends at this age, in milliseconds, however busy it is. */
export const SESSION_MAX_MS = 86_400_000

/** `localStorage` key under which tabs share the session. */
export const SESSION_KEY = 'observe.session'

/** Activity is written to storage at most this often, in milliseconds. */
const WRITE_EVERY_MS = 5_000

export interface StoredSession extends SessionInfo {
  seenAt: number
}

export interface SessionDependencies {
  now: () => number
  /** Undefined while storing is not allowed or not possible. */
  storage: () => Storage | undefined
}

/** The session that all tabs of an origin share. */
export interface Session {
  /** Notes activity and returns the session it belongs to, which is a new one when the last has ended. */
  touch: () => SessionInfo
  /** Ends the session, so that the next activity begins another. */
  end: () => void
}

export const createSession = ({ now, storage }: SessionDependencies): Session => {
  let current: StoredSession | undefined

  const read = (): StoredSession | undefined =>
    attempt(() => {
      const stored = JSON.parse(storage()?.getItem(SESSION_KEY) as string)
      // Most visits begin with none, and on those an exception costs more than all the rest of the start.
      if (/^[\da-f-]{36}$/.test(stored?.id) && stored.startedAt && stored.seenAt) return stored
    })

  const touch = () => {
    const at = now()
    const stored = read()
    const known = stored ?? current
    const next =
      known &&
      // The clock may have been set back or forward since: distance counts, not direction.
      Math.abs(at - known.seenAt) < SESSION_IDLE_MS &&
      Math.abs(at - known.startedAt) < SESSION_MAX_MS
        ? known
        : { id: uuidv7(at), startedAt: at, seenAt: at }
    if (stored?.id !== next.id || Math.abs(at - next.seenAt) > WRITE_EVERY_MS) {
      next.seenAt = at
      attempt(() => storage()?.setItem(SESSION_KEY, JSON.stringify(next)))
    }
    current = next
    return next
  }
  return {
    touch,
    end: () => {
      current = undefined
      attempt(() => storage()?.removeItem(SESSION_KEY))
    },
  }
}
