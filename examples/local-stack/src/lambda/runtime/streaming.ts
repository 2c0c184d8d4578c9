import { Writable } from 'node:stream'

/** Marks a handler that writes its response to a stream, as Lambda's own runtime marks it. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')

const PRELUDE_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response'
/** Eight NUL bytes part the response's metadata from its body. */
const PRELUDE_END = Buffer.alloc(8)

/** The stream a streaming handler writes to. */
export interface ResponseStream extends Writable {
  setContentType(contentType: string): void
}

/** Gives handlers the global `awslambda` with `streamifyResponse()` and `HttpResponseStream`. */
export const installStreaming = (): void => {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: object) => Object.assign(handler, { [STREAMING]: 'response' }),
      HttpResponseStream: {
        from(stream: ResponseStream, metadata: unknown): ResponseStream {
          stream.setContentType(PRELUDE_CONTENT_TYPE)
          stream.write(JSON.stringify(metadata))
          stream.write(PRELUDE_END)
          return stream
        },
      },
    },
  })
}

/** A response stream over the request that carries it; the request starts with the first byte. */
export const createResponseStream = (open: (contentType: string) => Writable): ResponseStream => {
  let contentType = 'application/octet-stream'
  let target: Writable | undefined
  const started = () => {
    target ??= open(contentType)
    return target
  }
  const stream = new Writable({
    write: (chunk, encoding, done) => void started().write(chunk, encoding, done),
    final: (done) => void started().end(done),
  })
  return Object.assign(stream, {
    setContentType(type: string) {
      contentType = type
    },
  })
}
