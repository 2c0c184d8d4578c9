import { checkOptions, type OptionRules } from '../config/checkOptions.ts'
import { originList } from '../config/compileOrigins.ts'
import { type LambdaEnvironment, readLambdaEnvironment } from '../config/lambdaEnvironment.ts'
import { ObserveConfigError } from '../config/ObserveConfigError.ts'
import { callable, integer, text, texts } from '../config/optionRules.ts'
import { resolveSettings } from '../config/resolveSettings.ts'
import type { Settings } from '../config/Settings.ts'
import type { CollectorOptions } from './CollectorOptions.ts'
import { VITAL_DIMENSIONS, type VitalDimension } from './lines/vitalDimensions.ts'

const DEFAULT_MAX_ROUTES = 25

/** Collector options after checking and defaults. */
export interface CollectorSettings extends Settings {
  readonly origins: readonly string[]
  readonly apps: readonly string[] | undefined
  readonly routes: readonly string[] | undefined
  readonly maxRoutes: number
  readonly vitalDimensions: readonly VitalDimension[]
  readonly ingestKeys: readonly string[]
  readonly maxBatchesPerMinute: number
}

const rules: OptionRules<CollectorOptions> = {
  origins: originList,
  environment: text,
  namespace: text,
  apps: texts,
  routes: texts,
  maxRoutes: integer(1, 1_000),
  dimensions: {
    accepts: (value) =>
      Array.isArray(value) && value.every((item) => VITAL_DIMENSIONS.includes(item as VitalDimension)),
    expected: `an array of ${VITAL_DIMENSIONS.map((name) => `"${name}"`).join(', ')}`,
  },
  ingestKeys: texts,
  maxBatchesPerMinute: integer(1, 1_000_000),
  sourceMaps: callable,
}

/** Checks the options and fills the defaults. Throws an ObserveConfigError. */
export const resolveCollectorOptions = (
  options: CollectorOptions,
  env: LambdaEnvironment = readLambdaEnvironment(),
): CollectorSettings => {
  checkOptions('createCollector', options ?? {}, rules)
  if (options?.origins === undefined) {
    throw new ObserveConfigError(
      'OBSERVE_MISSING_OPTION',
      'createCollector needs the option "origins", for example ["https://shop.example.com"].',
    )
  }
  const { environment, namespace } = options
  return {
    ...resolveSettings(
      { ...(environment && { environment }), ...(namespace && { namespace }) },
      env,
      'createCollector',
    ),
    origins: options.origins,
    apps: options.apps,
    routes: options.routes,
    maxRoutes: options.maxRoutes ?? DEFAULT_MAX_ROUTES,
    vitalDimensions: options.dimensions ?? ['route', 'deviceType'],
    ingestKeys: options.ingestKeys ?? [],
    maxBatchesPerMinute: options.maxBatchesPerMinute ?? Number.POSITIVE_INFINITY,
  }
}
