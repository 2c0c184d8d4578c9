export type { LogOptions, ObserveOptions } from '../config/ObserveOptions.ts'
export { type MiddyRequest, type ObservabilityMiddleware, observability } from './observability.ts'
