import { pino } from 'pino'

/** Where finished lines go. Each call gets one or more whole lines, newline included. */
export interface LineSink {
  write(lines: string): unknown
}

/** Longest text encoded without an allocation; UTF-8 takes up to three bytes per UTF-16 unit. */
const SCRATCH_CHARACTERS = 16_384

let sink: LineSink | undefined

/*
 * `dest`, never `fd`: with `fd` pino evaluates `process.stdout`, which switches fd 1 to non-blocking, and on a full pipe
 * every line then costs a 100 ms sleep. Synchronous, because a sandbox is frozen as soon as the handler has answered.
 * Bytes instead of strings, because strings would be encoded twice, to be written and to count what was written.
 */
const stdout = (): LineSink => {
  const destination = pino.destination({ dest: 1, sync: true, contentMode: 'buffer' }) as unknown as {
    write(bytes: Uint8Array): unknown
  }
  const scratch = Buffer.allocUnsafeSlow(SCRATCH_CHARACTERS * 3)
  return {
    write: (lines) =>
      destination.write(
        // A synchronous write has taken the bytes before it returns, so they may be overwritten then.
        lines.length <= SCRATCH_CHARACTERS
          ? scratch.subarray(0, scratch.write(lines, 'utf8'))
          : Buffer.from(lines),
      ),
  }
}

/** Writes whole lines to standard output before it returns. Loggers and metric documents share it. */
export const writeLines = (lines: string): void => {
  sink ??= stdout()
  sink.write(lines)
}

/** Replaces standard output, for tests. Returns what puts the previous sink back. */
export const redirectOutput = (replacement: LineSink): (() => void) => {
  const previous = sink
  sink = replacement
  return () => {
    sink = previous
  }
}
