export { ObserveConfigError, type ObserveConfigErrorCode } from '../config/ObserveConfigError.ts'
export type { CollectorOptions } from './CollectorOptions.ts'
export { type CollectorHandler, createCollector } from './createCollector.ts'
export type { CollectorResponse } from './http/respond.ts'
export type { VitalDimension } from './lines/vitalDimensions.ts'
export type { SourceMapLoader, SourceMapRequest } from './sourceMaps/SourceMapLoader.ts'
export {
  type S3Body,
  type S3Like,
  type S3SourceMapsOptions,
  s3SourceMaps,
} from './sourceMaps/s3SourceMaps.ts'
