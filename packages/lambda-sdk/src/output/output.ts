import { writeSync } from 'node:fs'

/** Where finished lines go. Each call gets one or more whole lines, newline included. */
export interface LineSink {
  write(lines: string): unknown
}

const STDOUT = 1

/**
 * Most bytes that a pipe takes in one piece whoever else writes to it, such as a worker thread: PIPE_BUF of Linux
 * (https://man7.org/linux/man-pages/man7/pipe.7.html). Of a longer write, another's lines may get in between.
 */
const ATOMIC_BYTES = 4_096

/** Pause before a full pipe is tried again. */
const PAUSE_MS = 1

/** Bytes taken; none when somebody made the descriptor non-blocking and the pipe is full. */
const tryWrite = (data: string | Uint8Array): number => {
  try {
    return typeof data === 'string' ? writeSync(STDOUT, data) : writeSync(STDOUT, data)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN' || code === 'EBUSY') return 0
    throw error
  }
}

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
}

/** Waits until the pipe has taken everything: a sandbox is frozen as soon as the handler has answered. */
const writeRest = (bytes: Uint8Array): void => {
  let offset = 0
  while (offset < bytes.length) {
    const written = tryWrite(bytes.subarray(offset))
    if (written === 0) pause()
    offset += written
  }
}

/*
 * Written straight to the descriptor. `console.log` and `process.stdout` queue in memory what a pipe does not take at once,
 * and so does pino's own destination unless it is synchronous; its `fd` option switches standard output to non-blocking, and
 * it sleeps 100 ms whenever the pipe is full. Neither whether the descriptor blocks nor who else writes to it matters here.
 */
const writeWhole = (lines: string): void => {
  const written = tryWrite(lines)
  if (written < Buffer.byteLength(lines)) writeRest(Buffer.from(lines).subarray(written))
}

const fitsAtomically = (lines: string): boolean =>
  lines.length * 3 <= ATOMIC_BYTES || Buffer.byteLength(lines) <= ATOMIC_BYTES

const stdout: LineSink = {
  write: (lines) => {
    if (fitsAtomically(lines)) return writeWhole(lines)
    let together = ''
    for (const line of lines.split(/(?<=\n)/)) {
      if (together !== '' && !fitsAtomically(together + line)) {
        writeWhole(together)
        together = ''
      }
      together += line
    }
    writeWhole(together)
  },
}

let sink: LineSink = stdout

/** Writes whole lines to standard output before it returns. Loggers and metric documents share it. */
export const writeLines = (lines: string): void => {
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
