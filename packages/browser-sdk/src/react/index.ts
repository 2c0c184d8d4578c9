export { ErrorBoundary, type ErrorBoundaryProps, type FallbackProps } from './ErrorBoundary.ts'
export {
  ObservabilityProvider,
  type ObservabilityProviderProps,
  useObservability,
} from './ObservabilityProvider.ts'
export { PrivacyNotice, type PrivacyNoticeProps } from './PrivacyNotice.tsx'
export { type ReactErrorHandlers, reactErrorHandlers } from './reactErrorHandlers.ts'
export { useConsent } from './useConsent.ts'
export { useRoute } from './useRoute.ts'
export { useTrack } from './useTrack.ts'
