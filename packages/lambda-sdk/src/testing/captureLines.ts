import { redirectOutput } from '../output/output.ts'

/** Lines written since {@link captureLines} was called. */
export interface CapturedLines {
  /** Every line, parsed. */
  readonly lines: Record<string, unknown>[]
  /** Every line as written, without the newline. */
  readonly raw: string[]
  /** Sends lines to standard output again. */
  restore(): void
}

/**
 * Keeps what loggers, metrics and the collector write away from standard output and hands it to the test.
 *
 * @example
 * ```ts
 * const captured = captureLines()
 * await handler(createHttpEvent(), createContext())
 * expect(captured.lines).toContainEqual(expect.objectContaining({ message: 'order placed' }))
 * captured.restore()
 * ```
 */
export const captureLines = (): CapturedLines => {
  const raw: string[] = []
  const restore = redirectOutput({
    write: (lines) => {
      raw.push(...lines.split('\n').filter((line) => line !== ''))
    },
  })
  return {
    raw,
    get lines() {
      return raw.map((line) => JSON.parse(line) as Record<string, unknown>)
    },
    restore,
  }
}
