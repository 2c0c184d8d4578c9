/**
 * Tells when the browser does not let the tracker's worker run. A content security policy without
 * `worker-src blob:` does so without an exception: the tracker would report success and record nothing.
 */
export const watchWorker = (worker: Worker, onBlocked: (reason: string) => void): void => {
  const csp = "the page's content security policy forbids the recorder's worker: add worker-src 'self' blob:"
  worker.addEventListener('error', () => onBlocked(csp))
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'worker-src' && blockedURI.startsWith('blob')) onBlocked(csp)
  })
}
