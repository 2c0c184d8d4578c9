import { writeSync } from 'node:fs'
import { pino } from 'pino'

/** Where finished lines go. Each call gets one or more whole lines, newline included. */
export interface LineSink {
  write(lines: string): unknown
}

const STDOUT = 1

let sink: LineSink | undefined

interface BytesSink {
  write(bytes: Uint8Array): unknown
}

/*
 * `dest`, never `fd`: with `fd` pino evaluates `process.stdout`, which switches fd 1 to non-blocking, and on a full pipe
 * every line then costs a 100 ms sleep. Synchronous, because a sandbox is frozen as soon as the handler has answered.
 */
const createDestination = (): BytesSink =>
  pino.destination({ dest: STDOUT, sync: true, contentMode: 'buffer' }) as unknown as BytesSink

/** Bytes taken by an attempt to write; none when somebody made the descriptor non-blocking and the pipe is full. */
const tryWrite = (lines: string): number => {
  try {
    return writeSync(STDOUT, lines)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
    throw error
  }
}

/** One system call in the usual case; what a full pipe did not take goes to pino's destination, which waits for it. */
const stdout = (): LineSink => {
  let destination: BytesSink | undefined
  return {
    write: (lines) => {
      const written = tryWrite(lines)
      if (written === Buffer.byteLength(lines)) return
      destination ??= createDestination()
      destination.write(Buffer.from(lines).subarray(written))
    },
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
