import { MAX_DIMENSION_NAME_LENGTH, MAX_DIMENSION_VALUE_LENGTH, MAX_METRIC_NAME_LENGTH } from './limits.ts'

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/
const COMBINING_MARKS = /\p{M}+/gu
const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/g

/** CloudWatch takes printable ASCII only: accents are dropped, everything else becomes `?`. */
const toAscii = (text: string): string =>
  PRINTABLE_ASCII.test(text)
    ? text
    : text.normalize('NFKD').replace(COMBINING_MARKS, '').replace(NOT_PRINTABLE_ASCII, '?')

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value
  try {
    return String(value)
  } catch {
    return ''
  }
}

/** A dimension value CloudWatch accepts. A blank one becomes `none`, since a dimension needs a value. */
export const validDimensionValue = (value: unknown): string => {
  const text = toAscii(asText(value)).trim().slice(0, MAX_DIMENSION_VALUE_LENGTH)
  return text === '' ? 'none' : text
}

/** A dimension name CloudWatch accepts, or undefined when nothing is left of it. */
export const validDimensionName = (name: unknown): string | undefined => {
  const text = toAscii(asText(name)).trim().replace(/^:+/, '').slice(0, MAX_DIMENSION_NAME_LENGTH).trim()
  return text === '' ? undefined : text
}

/** A metric name CloudWatch accepts, or undefined when nothing is left of it. */
export const validMetricName = (name: unknown): string | undefined => {
  if (typeof name !== 'string') return undefined
  const text = toAscii(name).trim().slice(0, MAX_METRIC_NAME_LENGTH).trim()
  return text === '' ? undefined : text
}
