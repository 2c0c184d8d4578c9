import { maskProperties, maskText } from '@acme/observe-schema/masking'

/** An error as it appears in a line. */
export interface SerializedError {
  name: string
  message: string
  stack?: string
  code?: string | number
  cause?: SerializedError
  /** Members of an AggregateError; what another error calls so, masked. */
  errors?: unknown
  /** Further own properties of the error, masked. */
  [property: string]: unknown
}

const MAX_DEPTH = 5
const MAX_AGGREGATED = 10
const MAX_STACK_LENGTH = 8_000
const MAX_MESSAGE_LENGTH = 4_000
const MAX_LABEL_LENGTH = 200
const SERIALIZED = new Set(['name', 'message', 'stack', 'cause', 'code'])

const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'

const describe = (value: unknown): string => {
  try {
    if (typeof value === 'string') return value
    if (typeof value === 'object' && value !== null)
      return JSON.stringify(maskProperties(value)) ?? '[object]'
    return String(value)
  } catch {
    return `[unprintable ${typeof value}]`
  }
}

const bounded = (text: unknown, length: number): string => maskText(describe(text)).slice(0, length)

/** An error, or anything else that was thrown, as plain JSON: cause chain, aggregated errors, own properties; masked. */
const serializeError = (error: unknown, depth = 0): SerializedError => {
  if (!isError(error)) {
    return {
      name: error === null ? 'null' : typeof error,
      message: bounded(error, MAX_MESSAGE_LENGTH),
    }
  }
  const { name, message, stack, cause, code, errors } = error as Error & { code?: unknown; errors?: unknown }
  const own = Object.entries(error).filter(
    ([key, value]) => !SERIALIZED.has(key) && !(key === 'errors' && Array.isArray(value)),
  )
  const serialized: SerializedError = {
    ...(own.length > 0 && (maskProperties(Object.fromEntries(own)) as object)),
    name: bounded(name, MAX_LABEL_LENGTH),
    message: bounded(message, MAX_MESSAGE_LENGTH),
  }
  if (typeof stack === 'string' && stack !== '') serialized.stack = bounded(stack, MAX_STACK_LENGTH)
  if (typeof code === 'number') serialized.code = code
  if (typeof code === 'string') serialized.code = bounded(code, MAX_LABEL_LENGTH)
  if (depth >= MAX_DEPTH) return serialized
  if (cause !== undefined) serialized.cause = serializeError(cause, depth + 1)
  if (Array.isArray(errors)) {
    serialized.errors = errors.slice(0, MAX_AGGREGATED).map((item) => serializeError(item, depth + 1))
  }
  return serialized
}

/** {@link serializeError} that cannot fail, whatever getters and proxies the value is made of. */
export const safeSerializeError = (error: unknown): SerializedError => {
  try {
    return serializeError(error)
  } catch {
    return { name: 'Error', message: '[unserializable error]' }
  }
}
