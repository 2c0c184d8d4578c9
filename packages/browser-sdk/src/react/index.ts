export { ErrorBoundary, type ErrorBoundaryProps, type FallbackProps } from './ErrorBoundary.ts'
export {
  ObservabilityProvider,
  type ObservabilityProviderProps,
  useObservability,
} from './ObservabilityProvider.ts'
export { type ReactErrorHandlers, reactErrorHandlers } from './reactErrorHandlers.ts'
export { useRoute } from './useRoute.ts'
export { useTrack } from './useTrack.ts'
