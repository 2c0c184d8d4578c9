import type { VitalDimension } from './lines/vitalDimensions.ts'
import type { SourceMapLoader } from './sourceMaps/SourceMapLoader.ts'

/** Options of {@link createCollector}. Only `origins` is required. */
export interface CollectorOptions {
  /**
   * Origins whose pages may send: exact (`https://shop.example.com`), every subdomain (`https://*.example.com`), or `*` for
   * any. A request without an `Origin` header is refused unless `*` is listed.
   */
  origins: readonly string[]
  /** Deployment stage. Default: `OBSERVE_ENVIRONMENT`, else `development`. */
  environment?: string
  /** CloudWatch namespace of all metrics; never taken from the page. Default: `Observe/<environment>`. */
  namespace?: string
  /** App names counted as themselves in the `app` dimension; others count as `other`. Default: the first 10 seen. */
  apps?: readonly string[]
  /** Routes counted as themselves in the `route` dimension; others count as `other`. Default: the first `maxRoutes` seen. */
  routes?: readonly string[]
  /** Most distinct values of the `route` dimension in one instance when `routes` is not given. Default: 25. */
  maxRoutes?: number
  /**
   * Dimensions by which vitals are split besides `app`. Every one adds a set of its own (`app`, `app` + `route`, …), never a
   * product of all. Default: `['route', 'deviceType']`.
   */
  dimensions?: readonly VitalDimension[]
  /**
   * Keys of which a request must show one, as query parameter `key` or header `x-observe-key`. A page's key is public: it
   * keeps strangers' mistakes out, not attackers. Default: none needed.
   */
  ingestKeys?: readonly string[]
  /** Most batches one instance takes in a minute; further ones get 429 with `Retry-After`. Default: unlimited. */
  maxBatchesPerMinute?: number
  /**
   * Finds the source maps of minified scripts, for example {@link s3SourceMaps}. Stacks then name the original files.
   * Default: stacks stay as the browser wrote them.
   */
  sourceMaps?: SourceMapLoader
}
