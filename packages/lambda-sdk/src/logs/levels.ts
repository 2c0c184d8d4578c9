/** Level names, least to most severe. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Level of a logger; `silent` writes nothing. */
export type LogLevelName = (typeof LOG_LEVELS)[number]

/** Whether a string names a level. */
export const isLogLevel = (name: unknown): name is LogLevelName => LOG_LEVELS.includes(name as LogLevelName)

/** The more severe of two levels. */
export const higherLevel = (a: LogLevelName, b: LogLevelName): LogLevelName =>
  LOG_LEVELS.indexOf(a) >= LOG_LEVELS.indexOf(b) ? a : b

/** Level used when nothing sets one. */
export const DEFAULT_LEVEL: LogLevelName = 'info'

/** Levels as pino's numbers. */
export const LEVEL_VALUES: Readonly<Record<LogLevelName, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: Number.POSITIVE_INFINITY,
}

/** The level the environment asks for: Lambda's own, else `LOG_LEVEL`. */
export const environmentLevel = ({
  platformLogLevel,
  logLevel,
}: {
  platformLogLevel: string | undefined
  logLevel: string | undefined
}): LogLevelName | undefined => [platformLogLevel, logLevel].find(isLogLevel)
