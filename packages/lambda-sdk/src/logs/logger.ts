import { maskProperties, maskText } from '@acme/observe-schema/masking'
import { readLambdaEnvironment } from '../config/lambdaEnvironment.ts'
import type { LogSettings } from '../config/Settings.ts'
import { currentScope } from '../invocation/scopeStorage.ts'
import { boundLine } from '../output/boundLine.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { writeLines } from '../output/output.ts'
import { bridgeConsole } from './bridgeConsole.ts'
import { createPino, type LogMethodHook } from './createPino.ts'
import { holdIfHeld, levelGate } from './levelGate.ts'
import { DEFAULT_LEVEL, environmentLevel, LEVEL_VALUES, LOG_LEVELS } from './levels.ts'
import { logFields } from './logFields.ts'
import type { Logger } from './loggerTypes.ts'

const environment = readLambdaEnvironment()

/** Put in when the first handler needs it. */
const hooks: { logMethod: LogMethodHook | undefined } = { logMethod: undefined }

/** Of lines outside an invocation. */
const outside = {
  linePrefix: /* @__PURE__ */ jsonMembers({ service: environment.service }),
  context: undefined,
}

/** Whole texts; anything else as a field would be. */
const maskMessage = (message: unknown): unknown =>
  typeof message === 'string' ? maskText(message) : maskProperties(message)

const write = (line: string): void => {
  const bounded = boundLine(line)
  if (!holdIfHeld(bounded)) writeLines(bounded)
}

/**
 * Structured logger. Every line carries level, RFC 3339 timestamp, service, request id, session id, trace id and X-Ray id
 * of the invocation it is written in; personal data is masked by the rules of `@acme/observe-schema/masking`.
 * Usable outside an invocation.
 *
 * @example
 * ```ts
 * logger.info({ orderId: 17 }, 'order placed')
 * logger.error({ error }, 'payment refused')
 * const log = logger.child({ component: 'payment' })
 * ```
 */
export const logger: Logger = /* @__PURE__ */ createPino({
  level: environmentLevel(environment) ?? DEFAULT_LEVEL,
  fields: logFields,
  message: maskMessage,
  // Ids known once per invocation cost one concatenation per line instead of a child logger per invocation.
  scope: () => currentScope() ?? outside,
  hooks,
  write,
})

/** Lowest level any wrapped handler needs, as pino's number. */
let lowest = Number.POSITIVE_INFINITY
let lastMinimum: number | undefined

/**
 * Applies the log settings of a wrapped handler. The logger is one per process, its level as low as any handler needs; where
 * handlers differ, or one samples or buffers, each invocation's own level is asked per line.
 */
export const configureLogger = (settings: LogSettings): void => {
  const { minimum, sampleDebugRate, bufferUntilError } = settings
  const wantsDebug = sampleDebugRate > 0 || bufferUntilError
  const differs = lastMinimum !== undefined && lastMinimum !== minimum
  if (wantsDebug || differs) hooks.logMethod = levelGate
  lastMinimum = minimum
  lowest = Math.min(lowest, minimum, wantsDebug ? LEVEL_VALUES.debug : minimum)
  const level = LOG_LEVELS.find((name) => LEVEL_VALUES[name] === lowest) ?? settings.level
  if (logger.level !== level) logger.level = level
  if (settings.console) bridgeConsole(logger)
}
