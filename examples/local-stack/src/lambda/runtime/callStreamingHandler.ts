import type { ClientRequest } from 'node:http'
import { finished } from 'node:stream/promises'
import { createContext } from './context.ts'
import { errorDocument } from './errorDocument.ts'
import type { AnyHandler } from './loadHandler.ts'
import type { NextInvocation, RuntimeClient } from './runtimeClient.ts'
import { createResponseStream } from './streaming.ts'

/** Calls a streaming handler; resolves when its response has been received. */
export const callStreamingHandler = async (
  handler: AnyHandler,
  invocation: NextInvocation,
  env: NodeJS.ProcessEnv,
  client: RuntimeClient,
): Promise<void> => {
  let request: ClientRequest | undefined
  let received: () => void = () => {}
  const answered = new Promise<void>((resolve) => {
    received = resolve
  })
  const stream = createResponseStream((contentType) => {
    request = client.stream(invocation.requestId, contentType, (answer) =>
      answer.on('end', received).resume(),
    )
    return request
  })
  const context = createContext(invocation, env, () => {})
  try {
    await handler(JSON.parse(invocation.event), stream, context)
    if (!stream.writableEnded) stream.end()
    await finished(stream)
  } catch (thrown) {
    if (!request) return client.fail(invocation.requestId, errorDocument(thrown))
    const document = errorDocument(thrown)
    request.addTrailers({
      'Lambda-Runtime-Function-Error-Type': document.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(document)).toString('base64'),
    })
    request.end()
  }
  await answered
}
