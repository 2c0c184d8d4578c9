import { pino } from 'pino'

/** Where finished lines go. Each call gets one or more whole lines, newline included. */
export interface LineSink {
  write(lines: string): unknown
}

let sink: LineSink | undefined

/*
 * `dest`, never `fd`: with `fd` pino evaluates `process.stdout`, which switches fd 1 to non-blocking, and on a full pipe
 * every line then costs a 100 ms sleep. Synchronous, because a sandbox is frozen as soon as the handler has answered.
 */
const stdout = (): LineSink => pino.destination({ dest: 1, sync: true })

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
