import type { LogLevelName } from './levels.ts'

/** Writes one line. Fields first, message second; `%s`, `%d`, `%o` in the message take further arguments. */
export interface LogMethod {
  (message: string, ...values: unknown[]): void
  (fields: object | null | undefined, message?: string, ...values: unknown[]): void
}

/** A structured logger. */
export interface Logger {
  /** Lowest level that is written; assignable. */
  level: LogLevelName
  trace: LogMethod
  debug: LogMethod
  info: LogMethod
  warn: LogMethod
  error: LogMethod
  fatal: LogMethod
  /** A logger whose lines carry further fields. */
  child(fields: Record<string, unknown>): Logger
  /** Whether a line of this level would be written. */
  isLevelEnabled(level: LogLevelName): boolean
}
