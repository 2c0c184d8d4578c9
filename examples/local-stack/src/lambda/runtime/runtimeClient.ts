import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'

/** An invocation as the Runtime API hands it out. */
export interface NextInvocation {
  event: string
  requestId: string
  deadlineMs: number
  functionArn: string
  traceHeader: string
}

const BASE = '/2018-06-01/runtime'

/** The client end of the Runtime API. Any failure to reach it means the sandbox is being taken down. */
export const createRuntimeClient = (address: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const [hostname, port] = address.split(':')

  const open = (method: string, path: string, headers: OutgoingHttpHeaders, onAnswer: Answer) =>
    httpRequest({ agent, hostname, port, method, path: `${BASE}${path}`, headers }, onAnswer).on(
      'error',
      () => process.exit(1),
    )

  const post = (path: string, body: string, headers: OutgoingHttpHeaders = {}): Promise<void> =>
    new Promise((resolve) => {
      const length = Buffer.byteLength(body)
      open(
        'POST',
        path,
        { 'content-type': 'application/json', 'content-length': length, ...headers },
        (answer) => answer.on('end', resolve).resume(),
      ).end(body)
    })

  return {
    next: (): Promise<NextInvocation> =>
      new Promise((resolve) => {
        open('GET', '/invocation/next', {}, (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () =>
            resolve({
              event: Buffer.concat(chunks).toString('utf8'),
              requestId: header(answer, 'lambda-runtime-aws-request-id'),
              deadlineMs: Number(header(answer, 'lambda-runtime-deadline-ms')),
              functionArn: header(answer, 'lambda-runtime-invoked-function-arn'),
              traceHeader: header(answer, 'lambda-runtime-trace-id'),
            }),
          )
        }).end()
      }),
    respond: (requestId: string, body: string) => post(`/invocation/${requestId}/response`, body),
    fail: (requestId: string, error: object) => post(`/invocation/${requestId}/error`, JSON.stringify(error)),
    failInit: (error: object) => post('/init/error', JSON.stringify(error)),
    /** A response in chunks, with trailers should it fail half-way. */
    stream: (requestId: string, contentType: string, onAnswer: Answer) =>
      open(
        'POST',
        `/invocation/${requestId}/response`,
        {
          'content-type': contentType,
          'lambda-runtime-function-response-mode': 'streaming',
          'transfer-encoding': 'chunked',
          trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
        },
        onAnswer,
      ),
  }
}

export type RuntimeClient = ReturnType<typeof createRuntimeClient>
type Answer = (answer: IncomingMessage) => void

const header = (answer: IncomingMessage, name: string): string => {
  const value = answer.headers[name]
  return typeof value === 'string' ? value : ''
}
