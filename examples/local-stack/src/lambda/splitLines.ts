import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** CloudWatch Logs' limit for one event; a longer line arrives in pieces. */
const MAX_LINE_CHARS = 1_048_576

/** Calls back with each line of a process' output, without its newline; the last one needs none. */
export const splitLines = (stream: Readable, onLine: (line: string) => void): void => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') onLine(line.replace(/\r$/, ''))
    while (rest.length > MAX_LINE_CHARS) {
      onLine(rest.slice(0, MAX_LINE_CHARS))
      rest = rest.slice(MAX_LINE_CHARS)
    }
  }
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)))
  stream.on('end', () => {
    take(decoder.end())
    if (rest !== '') onLine(rest)
    rest = ''
  })
}
