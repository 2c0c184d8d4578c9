import type { OpenReplayOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'

/** Release of the tracker whose protocol this is. */
export const TRACKER_VERSION = '18.2.0'

/** `localStorage` key under which the tracker keeps the user id of its last start: here the session of that time. */
const ANNOUNCED_KEY = '__openreplay_uuid'

/** OpenReplay's way to write the distance to UTC: `UTC+05:30`. */
const timezone = (): string => `UTC${/[+-]..../.exec(`${new Date()}`)?.[0].replace(/..$/, ':$&')}`

/**
 * Tells OpenReplay of a visit that ends before its recorder runs, once, so that each session is known there as well, under
 * the id that all tools share: the request with which the tracker begins, sent by ourselves. There is nothing to replay in it.
 */
export const announceVisit = (
  { projectKey, ingestPoint }: OpenReplayOptions,
  sessionId: string,
  storage: Storage | undefined,
  { now, post }: Pick<Environment, 'now' | 'post'>,
): void => {
  if (storage?.getItem(ANNOUNCED_KEY) === sessionId) return
  const { width, height } = screen
  const start = {
    projectKey,
    trackerVersion: TRACKER_VERSION,
    timestamp: now(),
    timezone: timezone(),
    userUUID: sessionId,
    width,
    height,
  }
  post(`${ingestPoint}/v1/web/start`, JSON.stringify(start), { keepalive: true }).catch(() => {})
  storage?.setItem(ANNOUNCED_KEY, sessionId)
}
