import {
  MAX_CAUSES,
  MAX_MESSAGE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_STACK_LENGTH,
} from '@acme/observe-schema/limits'
import type { ErrorCause, StackFrame } from '@acme/observe-schema/types'
import { attempt } from '../runtime/guard.ts'
import { parseStack } from './parseStack.ts'
import { safeText } from './safeText.ts'

/** What an `error` event says about the thrown value itself. */
export interface ErrorDescription extends ErrorCause {
  frames?: StackFrame[]
  causes?: ErrorCause[]
}

type Readable = Record<string, unknown>

/** Reads a property of anything; getters and proxies may throw. */
const read = (value: unknown, key: string): unknown => attempt(() => (value as Readable)[key])

/** An object that is no error is described by its keys: its values may be personal. */
const describeOther = (value: unknown): string =>
  attempt(() =>
    typeof value === 'object' && value
      ? `Object with keys: ${Object.keys(value).slice(0, 10).join(', ')}`
      : String(value),
  ) ?? 'a value that cannot be read'

const describeOne = (value: unknown): ErrorCause & { frames?: StackFrame[] } => {
  const message = read(value, 'message')
  if (typeof message !== 'string') {
    return { name: 'NonError', message: safeText(describeOther(value), MAX_MESSAGE_LENGTH) }
  }
  const name = read(value, 'name')
  const raw = read(value, 'stack')
  const found = {
    name: safeText((typeof name === 'string' && name) || 'Error', MAX_NAME_LENGTH),
    message: safeText(message, MAX_MESSAGE_LENGTH),
  }
  if (typeof raw !== 'string') return found
  // The message may hold lines that look like frames; in Chromium the stack begins with it.
  const frames = parseStack(raw.slice(Math.max(0, raw.indexOf(message)) + message.length))
  if (!frames.length) return found
  // Written anew from the sanitized frames, so that nothing else of the raw stack can leave the page.
  const lines = frames.map(
    ({ function: name, file, line, column }) =>
      `    at ${name ?? '<anonymous>'} (${file}:${line}:${column ?? 1})`,
  )
  return {
    ...found,
    stack: [`${found.name}: ${found.message}`, ...lines].join('\n').slice(0, MAX_STACK_LENGTH),
    frames,
  }
}

/** Describes any thrown value within the limits of the wire contract, masked. Never throws. */
export const describeError = (thrown: unknown): ErrorDescription => {
  const causes: ErrorCause[] = []
  const seen = new Set([thrown])
  for (
    let cause = read(thrown, 'cause');
    cause != null && !seen.has(cause) && causes.length < MAX_CAUSES;
    cause = read(cause, 'cause')
  ) {
    seen.add(cause)
    const { frames, ...described } = describeOne(cause)
    causes.push(described)
  }
  return { ...describeOne(thrown), ...(causes.length && { causes }) }
}
