export { ObserveConfigError, type ObserveConfigErrorCode } from './config/ObserveConfigError.ts'
export type { LogOptions, ObserveOptions } from './config/ObserveOptions.ts'
export { createFetch, type FetchOptions } from './correlation/createFetch.ts'
export {
  type MessageAttribute,
  type PropagationHeaders,
  propagationAttributes,
  propagationHeaders,
} from './correlation/propagation.ts'
export type { MetricUnit } from './emf/units.ts'
export type { Handler } from './handlers/Handler.ts'
export { withRecord } from './invocation/withRecord.ts'
export { addContext } from './logs/addContext.ts'
export type { LogLevelName } from './logs/levels.ts'
export { logger } from './logs/logger.ts'
export type { Logger, LogMethod } from './logs/loggerTypes.ts'
export type { MetricOptions, UnitMetricOptions } from './metrics/MetricOptions.ts'
export { type Metrics, metrics } from './metrics/metrics.ts'
export { SDK_VERSION } from './version.ts'
export { withObservability } from './withObservability.ts'
