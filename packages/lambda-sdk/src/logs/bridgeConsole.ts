// biome-ignore-all lint/suspicious/noConsole: the console is what is bridged
import { format } from 'node:util'
import { writeLines } from '../output/output.ts'
import type { Logger } from './loggerTypes.ts'
import { reportLogFailure } from './reportLogFailure.ts'

const LEVELS = {
  trace: 'trace',
  debug: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
} as const

type ConsoleMethod = keyof typeof LEVELS

let restore: (() => void) | undefined

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Whether another library printed metrics: CloudWatch reads them only where `_aws` is a member of the line itself. */
const isMetricDocument = ([text, ...more]: unknown[]): boolean => {
  try {
    return (
      more.length === 0 &&
      typeof text === 'string' &&
      /^{.*"_aws".*}$/.test(text) &&
      isPlainObject(JSON.parse(text)._aws)
    )
  } catch {
    return false
  }
}

/** What was printed, as fields and message: nothing of it is lost. */
const toLine = (args: unknown[]): { fields: object; message: string | undefined } => {
  const error = args.find((arg) => arg instanceof Error)
  const [first] = args
  if (args.length === 1 && isPlainObject(first)) return { fields: first, message: undefined }
  if (args.length === 1 && error) return { fields: { error }, message: (error as Error).message }
  const shown = args.map((arg) => (arg instanceof Error ? `${arg.name}: ${arg.message}` : arg))
  return { fields: error ? { error } : {}, message: format(...shown) }
}

/**
 * Sends `console.*` through the logger. A single plain object becomes fields; anything else is formatted as Node would have,
 * with the first error in full besides. Metric documents of other libraries pass as they are. Once per process. Returns what
 * undoes it.
 */
export const bridgeConsole = (logger: Logger): (() => void) => {
  if (restore) return restore
  const original: Partial<Record<ConsoleMethod, (...args: unknown[]) => void>> = {}
  for (const method of Object.keys(LEVELS) as ConsoleMethod[]) {
    original[method] = console[method]
    console[method] = (...args: unknown[]) => {
      try {
        if (isMetricDocument(args)) return writeLines(`${args[0]}\n`)
        const { fields, message } = toLine(args)
        logger[LEVELS[method]](fields, ...(message === undefined ? [] : ['%s', message]))
      } catch (error) {
        reportLogFailure(error)
      }
    }
  }
  restore = () => {
    Object.assign(console, original)
    restore = undefined
  }
  return restore
}
