import { maskText } from '@acme/observe-schema/masking'
import { pino } from 'pino'
import { readLambdaEnvironment } from '../config/lambdaEnvironment.ts'
import type { LogOptions } from '../config/ObserveOptions.ts'
import { currentScope } from '../invocation/scopeStorage.ts'
import { boundLine } from '../output/boundLine.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import { isLogLevel, type LogLevelName } from './levels.ts'
import { logFields } from './logFields.ts'
import type { Logger } from './loggerTypes.ts'

const DEFAULT_LEVEL: LogLevelName = 'info'

const { service, platformLogLevel, logLevel } = readLambdaEnvironment()

const environmentLevel = (): LogLevelName | undefined => [platformLogLevel, logLevel].find(isLogLevel)

/*
 * pino concatenates what its timestamp function returns into each line, so ids known once per invocation cost one
 * concatenation per line instead of a child logger per invocation.
 */
const timeAndIds = (): string => {
  const prefix = currentScope()?.linePrefix ?? `,"service":${JSON.stringify(service)}`
  return `,"timestamp":"${isoTimestamp(Date.now())}"${prefix}`
}

const maskMessage = (message: unknown): unknown => (typeof message === 'string' ? maskText(message) : message)

const write = (line: string): void => {
  try {
    writeLines(boundLine(line))
  } catch (error) {
    reportFailure('OBSERVE_LOG_FAILED', 'a log line could not be written.', error)
  }
}

const createLogger = (): Logger => {
  const root = pino(
    {
      base: null,
      level: environmentLevel() ?? DEFAULT_LEVEL,
      messageKey: 'message',
      errorKey: 'error',
      timestamp: timeAndIds,
      formatters: { level: (label) => ({ level: label.toUpperCase() }), log: logFields },
      serializers: { err: (value: unknown) => value, message: maskMessage },
    },
    { write },
  )
  const { child } = root
  // A child's bindings are serialized once and never pass the formatter, so they are masked here.
  root.child = function (this: typeof root, bindings: object, options?: object) {
    return Reflect.apply(child, this, [logFields({ ...bindings }), options])
  } as typeof root.child
  return root as unknown as Logger
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
export const logger: Logger = /* @__PURE__ */ createLogger()

/** Applies the options of a wrapped handler. The environment's level wins: the platform would drop lines below it. */
export const configureLogger = (options: LogOptions = {}): void => {
  const level = environmentLevel() ?? options.level
  if (level) logger.level = level
}
