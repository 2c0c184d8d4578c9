import { getObservability } from '../core/instance.ts'
import type { Observability } from '../core/Observability.ts'

type RootErrorHandler = (error: unknown, info: { componentStack?: string | undefined }) => void

/** The callbacks that `createRoot` and `hydrateRoot` take since React 19. */
export interface ReactErrorHandlers {
  onUncaughtError: RootErrorHandler
  onCaughtError: RootErrorHandler
  onRecoverableError: RootErrorHandler
}

/** What React does itself where the root has no such callback: browsers, overlays and tests rely on it. */
const print = (error: unknown): void => {
  // biome-ignore lint/suspicious/noConsole: stands in for React's own line
  console.error(error)
}

/**
 * Callbacks for React's root that report what boundaries caught, what none caught, and what React recovered from.
 * React stops printing errors where it is given callbacks, so these go on to do what React would have done.
 * @example createRoot(element, reactErrorHandlers()).render(<App />)
 */
export const reactErrorHandlers = (observe?: Observability): ReactErrorHandlers => {
  const report =
    (handled: boolean, goOn: (error: unknown) => void): RootErrorHandler =>
    (error, { componentStack }) => {
      const handle = observe ?? getObservability()
      handle.captureError(error, { source: 'react', handled, componentStack })
      goOn(error)
    }
  return {
    onUncaughtError: report(false, reportError),
    onCaughtError: report(true, print),
    onRecoverableError: report(true, reportError),
  }
}
