import type { Obstacle } from './prepareTracker.ts'

const CSP = "the page's content security policy forbids the recorder's worker: add worker-src 'self' blob:"

/**
 * Tells when the tracker's worker cannot run or gives up. A content security policy without `worker-src blob:` forbids
 * it without an exception: the tracker would report success and record nothing. After ten refused batches it stops
 * without a word.
 */
export const watchWorker = (worker: Worker, onObstacle: (obstacle: Obstacle) => void): void => {
  worker.addEventListener('error', () => onObstacle({ state: 'blocked', reason: CSP }))
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'worker-src' && blockedURI.startsWith('blob')) {
      onObstacle({ state: 'blocked', reason: CSP })
    }
  })
  worker.addEventListener('message', ({ data }) => {
    if (data?.type === 'failure') {
      onObstacle({ state: 'failed', reason: `the ingest service takes no batches: ${data.reason}` })
    }
  })
}
