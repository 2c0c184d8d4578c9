import { format } from 'node:util'
import { currentInvocation } from './currentInvocation.ts'
import { errorDocument } from './errorDocument.ts'

const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const
const ORDER = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/**
 * Makes `console` write what the Node runtime of Lambda writes: one JSON document per call, or
 * tab-separated text with `AWS_LAMBDA_LOG_FORMAT=TEXT`; below `AWS_LAMBDA_LOG_LEVEL` nothing (JSON only).
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export const patchConsole = (): void => {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON'
  const lowest = json ? ORDER.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? '') : -1
  for (const [method, level] of Object.entries(LEVELS)) {
    const line = json ? jsonLine : textLine
    console[method as keyof typeof LEVELS] =
      ORDER.indexOf(level) < lowest
        ? () => {}
        : (...args: unknown[]) => void process.stdout.write(`${line(level, args)}\n`)
  }
}

/** A lone argument goes in as it is, several are formatted; an error among the further ones is told in full. */
const jsonLine = (level: string, [first, ...rest]: unknown[]): string => {
  const head = { timestamp: new Date().toISOString(), level, requestId: currentInvocation.requestId }
  if (rest.length > 0) {
    const error = rest.find((argument) => argument instanceof Error)
    return JSON.stringify({ ...head, message: format(first, ...rest), ...(error && errorDocument(error)) })
  }
  try {
    return JSON.stringify({ ...head, message: first }, (_, value) =>
      value instanceof Error ? { ...errorDocument(value), ...value } : value,
    )
  } catch {
    return JSON.stringify({ ...head, message: format(first) })
  }
}

const textLine = (level: string, args: unknown[]): string =>
  [new Date().toISOString(), currentInvocation.requestId, level, format(...args)]
    .join('\t')
    .replaceAll('\n', '\r')
