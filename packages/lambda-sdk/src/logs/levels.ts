/** Level names, least to most severe. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Level of a logger; `silent` writes nothing. */
export type LogLevelName = (typeof LOG_LEVELS)[number]

/** Whether a string names a level. */
export const isLogLevel = (name: unknown): name is LogLevelName => LOG_LEVELS.includes(name as LogLevelName)

/** The more severe of two levels. */
export const higherLevel = (a: LogLevelName, b: LogLevelName): LogLevelName =>
  LOG_LEVELS.indexOf(a) >= LOG_LEVELS.indexOf(b) ? a : b
