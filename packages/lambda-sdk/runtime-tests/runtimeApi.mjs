import { createServer } from 'node:http'

const BASE = '/2018-06-01/runtime'

const readBody = async (request) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/**
 * The server a Lambda sandbox talks to (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), for any number of
 * concurrent polls. `invocations` are handed out in turn; `onResult` hears how each ended.
 */
export const startRuntimeApi = async (invocations, onResult) => {
  const waiting = [...invocations]
  const running = new Map()
  const polls = new Set()

  const hand = (response) => {
    const invocation = waiting.shift()
    if (!invocation) return polls.add(response)
    running.set(invocation.id, invocation)
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': Date.now() + (invocation.timeoutMs ?? 10_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      'lambda-runtime-trace-id': invocation.trace,
    })
    response.end(JSON.stringify(invocation.event))
  }

  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    if (request.method === 'GET' && path === `${BASE}/invocation/next`) return hand(response)
    const body = await readBody(request)
    const [, id, kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [undefined, 'init', 'error']
    response.writeHead(202).end('{"status":"OK"}')
    running.delete(id)
    const trailer = request.trailers['lambda-runtime-function-error-type']
    onResult({ id, kind: trailer ? 'error' : kind, body, trailer }, waiting.length + running.size)
  })
  server.requestTimeout = 0
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
