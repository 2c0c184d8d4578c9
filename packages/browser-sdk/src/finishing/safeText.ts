import { maskText } from '@acme/observe-schema/masking'
import { attempt } from '../runtime/guard.ts'

/**
 * Text that may leave the page: masked, and at most `length` characters. It is cut twice, because masking five
 * megabytes would block the page and a value cut in half would no longer look personal.
 */
export const safeText = (value: unknown, length: number): string =>
  maskText((attempt(() => String(value)) ?? '[unreadable]').slice(0, length * 2)).slice(0, length)
