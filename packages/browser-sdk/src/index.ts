export type { AnalyticsState, AnalyticsStatus } from './analytics/Analytics.ts'
export { initObservability } from './core/initObservability.ts'
export { getObservability } from './core/instance.ts'
export type {
  DeliveryStatus,
  ErrorContext,
  EventProperties,
  Observability,
  ObserveStatus,
} from './core/Observability.ts'
export type { OptionsError, OptionsErrorCode } from './options/checkOptions.ts'
export type {
  CollectorOptions,
  Consent,
  ObserveOptions,
  OpenReplayOptions,
  UmamiOptions,
} from './options/ObserveOptions.ts'
export type { ReplayState, ReplayStatus } from './replay/Replay.ts'
export { SDK_VERSION } from './version.ts'
