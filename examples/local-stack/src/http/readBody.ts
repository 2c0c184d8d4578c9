import type { IncomingMessage } from 'node:http'

/** The request's body is longer than its reader takes. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge'
}

/**
 * The whole body of a request. What exceeds the limit is read and thrown away, so that the answer still
 * reaches a client that is busy sending.
 * @throws {BodyTooLarge}
 */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  if (bytes > maxBytes) throw new BodyTooLarge(`The body has ${bytes} bytes; at most ${maxBytes} are taken.`)
  return Buffer.concat(chunks)
}
