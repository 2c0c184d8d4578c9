import type { Obstacle } from './prepareTracker.ts'

const CSP = "the page's content security policy forbids the recorder's worker: add worker-src 'self' blob:"

/** So many new starts within so many milliseconds are no expired token but a service that takes none. */
const MAX_RESTARTS = 3
const RESTARTS_WITHIN_MS = 60_000

/**
 * Tells when the tracker's worker cannot run or gives up. A content security policy without `worker-src blob:` forbids
 * it without an exception: the tracker would report success and record nothing. After ten refused batches it stops
 * without a word. When its token is refused it starts anew, with a copy of the whole page each time and for ever.
 */
export const watchWorker = (worker: Worker, onObstacle: (obstacle: Obstacle) => void): void => {
  worker.addEventListener('error', () => onObstacle({ state: 'blocked', reason: CSP }))
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'worker-src' && blockedURI.startsWith('blob')) {
      onObstacle({ state: 'blocked', reason: CSP })
    }
  })
  let restarts: number[] = []
  worker.addEventListener('message', ({ data, timeStamp }) => {
    if (data?.type === 'failure') {
      onObstacle({ state: 'failed', reason: `the ingest service takes no batches: ${data.reason}` })
    }
    if (data !== 'a_stop') return
    restarts = [...restarts.filter((at) => timeStamp - at < RESTARTS_WITHIN_MS), timeStamp]
    if (restarts.length < MAX_RESTARTS) return
    // Its order to start again would come after our stop.
    worker.terminate()
    onObstacle({ state: 'failed', reason: 'the ingest service answers 401: it refuses the tokens it issued' })
  })
}
