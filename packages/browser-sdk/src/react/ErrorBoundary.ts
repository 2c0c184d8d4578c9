import { Component, type ErrorInfo, type ReactNode } from 'react'
import { getObservability } from '../core/instance.ts'
import type { ErrorContext, Observability } from '../core/Observability.ts'

/** What a fallback is told. */
export interface FallbackProps {
  error: unknown
  /** Renders the children again. */
  reset: () => void
}

export interface ErrorBoundaryProps {
  children?: ReactNode
  /**
   * What to show instead of the children after an error. Without it the error goes on to the next boundary, or
   * unmounts the tree as it would have without this one: the user sees what the application decided.
   */
  fallback?: ReactNode | ((props: FallbackProps) => ReactNode)
  /** The handle to report to. Default the running instance. */
  observe?: Observability
}

interface State {
  caught?: { error: unknown } | undefined
}

/**
 * Reports errors of rendering with React's component stack. Changes nothing of what the user sees unless a
 * `fallback` asks for it.
 * @example <ErrorBoundary fallback={<p>Something went wrong.</p>}><Cart /></ErrorBoundary>
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { caught: { error } }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.report(error, { handled: true, componentStack })
  }

  private report(error: unknown, context: ErrorContext): void {
    const { observe = getObservability() } = this.props
    observe.captureError(error, { source: 'react', ...context })
  }

  override render(): ReactNode {
    const { children, fallback } = this.props
    const { caught } = this.state
    if (!caught) return children
    if (fallback === undefined) {
      // A boundary that throws is never told `componentDidCatch`. Equal objects are reported once.
      this.report(caught.error, { handled: false })
      throw caught.error
    }
    return typeof fallback === 'function'
      ? fallback({ error: caught.error, reset: () => this.setState({ caught: undefined }) })
      : fallback
  }
}
