import { createInvocationTemplate } from '../emf/invocationTemplate.ts'
import { MAX_NAMESPACE_LENGTH } from '../emf/limits.ts'
import { validDimensionName, validDimensionValue } from '../emf/validNames.ts'
import { DEFAULT_LEVEL, environmentLevel, isLogLevel, LEVEL_VALUES, LOG_LEVELS } from '../logs/levels.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { checkOptions, type OptionRules } from './checkOptions.ts'
import { dimensionsRule } from './dimensionsRule.ts'
import { type LambdaEnvironment, readLambdaEnvironment } from './lambdaEnvironment.ts'
import type { LogOptions, ObserveOptions } from './ObserveOptions.ts'
import { either, flag, group, integer, off, oneOf, rate, text } from './optionRules.ts'
import type { LogSettings, Settings } from './Settings.ts'

const DEFAULT_TIMEOUT_WARNING_MS = 500
/** Longest timeout of a function. */
const MAX_TIMEOUT_MS = 900_000

const namespaceRule = {
  accepts: (value: unknown): boolean =>
    typeof value === 'string' &&
    value.length <= MAX_NAMESPACE_LENGTH &&
    /^(?!AWS\/)[\w.#:/-][\w .#:/-]*$/.test(value),
  expected: `up to ${MAX_NAMESPACE_LENGTH} letters, digits and ". - _ / # :", not beginning with "AWS/"`,
}

const rules: OptionRules<ObserveOptions> = {
  service: text,
  environment: text,
  namespace: namespaceRule,
  dimensions: dimensionsRule,
  timeoutWarningMs: either(integer(1, MAX_TIMEOUT_MS), off),
  logs: group,
}

const logRules: OptionRules<LogOptions> = {
  level: oneOf(...LOG_LEVELS),
  sampleDebugRate: rate,
  bufferUntilError: flag,
  console: flag,
}

const resolveLogs = (options: LogOptions, env: LambdaEnvironment): LogSettings => {
  const level = environmentLevel(env) ?? options.level ?? DEFAULT_LEVEL
  return {
    level,
    minimum: LEVEL_VALUES[level],
    sampleDebugRate: options.sampleDebugRate ?? 0,
    bufferUntilError: options.bufferUntilError ?? false,
    console: options.console ?? false,
  }
}

/** `Observe/<environment>`: stages never share a metric. */
const defaultNamespace = (environment: string): string =>
  `Observe/${environment.replace(/[^\w.#:/-]/g, '-')}`.slice(0, MAX_NAMESPACE_LENGTH)

const resolveDimensions = (
  functionName: string,
  extra: Record<string, string> = {},
): Record<string, string> => {
  const dimensions: Record<string, string> = { FunctionName: validDimensionValue(functionName) }
  for (const [name, value] of Object.entries(extra)) {
    const valid = validDimensionName(name)
    if (valid) dimensions[valid] = validDimensionValue(value)
  }
  return dimensions
}

/** Checks the options and fills the defaults. Throws an ObserveConfigError. */
export const resolveSettings = (
  options: ObserveOptions = {},
  env: LambdaEnvironment = readLambdaEnvironment(),
  owner = 'withObservability',
): Settings => {
  checkOptions(owner, options, rules)
  if (options.logs) checkOptions(`${owner} logs`, options.logs, logRules)
  const namespace = options.namespace ?? defaultNamespace(options.environment ?? env.environment)
  const dimensions = resolveDimensions(env.functionName, options.dimensions)
  return {
    linePrefix: jsonMembers({ service: options.service ?? env.service }),
    namespace,
    dimensions,
    timeoutWarningMs:
      options.timeoutWarningMs === false ? 0 : (options.timeoutWarningMs ?? DEFAULT_TIMEOUT_WARNING_MS),
    countsColdStarts: env.initializationType === undefined || env.initializationType === 'on-demand',
    lowestLevel: isLogLevel(env.platformLogLevel) ? env.platformLogLevel : 'trace',
    template: createInvocationTemplate({ namespace, dimensions }),
    logs: resolveLogs(options.logs ?? {}, env),
  }
}
