import { createServer, type IncomingHttpHeaders } from 'node:http'

/** A request as the server got it, body read. */
export interface ReceivedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
}

/** What to answer. A string body is sent as it is, anything else as JSON. `drop` breaks the connection. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'drop'

/** A server on loopback whose every answer the test decides. */
export interface StrictServer {
  url: string
  requests: ReceivedRequest[]
  close(): void
}

/** Starts it. A handler that throws answers 500, so a broken contract fails the caller. */
export const startServer = async (
  handle: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<StrictServer> => {
  const requests: ReceivedRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    requests.push(received)
    const answer = await Promise.resolve()
      .then(() => handle(received))
      .catch((error: Error): Answer => ({ status: 500, body: error.message }))
    if (answer === 'drop') {
      request.socket.destroy()
      return
    }
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {})
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
