import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { listen } from '../http/listen.ts'
import { BodyTooLarge, readBody } from '../http/readBody.ts'
import { type Deferred, deferred } from './deferred.ts'
import { functionArn } from './sandboxEnvironment.ts'

/** One request to a function. */
export interface Invocation {
  requestId: string
  /** The event as JSON. */
  payload: string
  /** Epoch milliseconds. */
  deadlineMs: number
  /** X-Ray trace header. */
  traceHeader: string
}

/** What the function made of it. */
export type InvocationOutcome =
  | {
      ok: true
      payload: Buffer
      /** Of a streamed response its own; a buffered one is JSON whatever its header says. */
      contentType: string
    }
  | { ok: false; error: FunctionError }

export interface FunctionError {
  errorType: string
  errorMessage: string
  stackTrace?: string[]
}

/** The server end of one sandbox. */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  address: string
  /** Settles when the function first asks for work, or with what it reported when its init failed. */
  init: Promise<FunctionError | undefined>
  /** Hands the invocation to the function's next poll. One at a time. */
  dispatch(invocation: Invocation): Promise<InvocationOutcome>
  close(): Promise<void>
}

const BASE = '/2018-06-01/runtime'
/** Lambda's quota for the payload of a synchronous answer. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024

/**
 * The Lambda Runtime API of one sandbox, on a free port of 127.0.0.1.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const startRuntimeApi = async (functionName: string): Promise<RuntimeApi> => {
  const init = deferred<FunctionError | undefined>()
  let poll: ServerResponse | undefined
  let next: Invocation | undefined
  let running: { requestId: string; outcome: Deferred<InvocationOutcome> } | undefined

  const handOver = () => {
    if (!poll || !next) return
    poll.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.requestId,
      'lambda-runtime-deadline-ms': next.deadlineMs,
      'lambda-runtime-invoked-function-arn': functionArn(functionName),
      'lambda-runtime-trace-id': next.traceHeader,
    })
    poll.end(next.payload)
    poll = undefined
    next = undefined
  }

  const settle = (requestId: string, outcome: InvocationOutcome): boolean => {
    if (running?.requestId !== requestId) return false
    const { outcome: waiting } = running
    running = undefined
    waiting.resolve(outcome)
    return true
  }

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    if (request.method === 'GET' && path === `${BASE}/invocation/next`) {
      poll = response
      init.resolve(undefined)
      return handOver()
    }
    if (request.method === 'POST' && path === `${BASE}/init/error`) {
      init.resolve(readError(await readBody(request, MAX_RESPONSE_BYTES), request))
      return reply(response, 202, { status: 'OK' })
    }
    const [, requestId, what] =
      /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? []
    if (request.method !== 'POST' || !requestId) return reply(response, 404, notFound)
    const outcome = what === 'error' ? await readFailure(request) : await readResponse(request)
    const known = settle(requestId, outcome)
    return known ? reply(response, 202, { status: 'OK' }) : reply(response, 400, invalidRequestId)
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => response.destroy())
  })
  // The poll for the next invocation stays open for as long as nobody calls.
  server.requestTimeout = 0
  const { port, close } = await listen(server, 0)

  return {
    address: `127.0.0.1:${port}`,
    init: init.promise,
    dispatch(invocation) {
      const outcome = deferred<InvocationOutcome>()
      running = { requestId: invocation.requestId, outcome }
      next = invocation
      handOver()
      return outcome.promise
    },
    close,
  }
}

const notFound = { errorType: 'NotFound', errorMessage: 'No such Runtime API path' }
const invalidRequestId = { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' }

const reply = (response: ServerResponse, status: number, body: object) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const readFailure = async (request: IncomingMessage): Promise<InvocationOutcome> => ({
  ok: false,
  error: readError(await readBody(request, MAX_RESPONSE_BYTES), request),
})

const readResponse = async (request: IncomingMessage): Promise<InvocationOutcome> => {
  try {
    const payload = await readBody(request, MAX_RESPONSE_BYTES)
    // A streamed response that fails after its first byte says so in trailers.
    const errorType = request.trailers['lambda-runtime-function-error-type']
    if (errorType) return { ok: false, error: { errorType, errorMessage: trailerMessage(request) } }
    const streamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming'
    const contentType = streamed ? request.headers['content-type'] : undefined
    return { ok: true, payload, contentType: contentType ?? 'application/json' }
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`
    return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } }
  }
}

const trailerMessage = (request: IncomingMessage): string => {
  const body = request.trailers['lambda-runtime-function-error-body'] ?? ''
  return readErrorDocument(Buffer.from(body, 'base64').toString('utf8')).errorMessage ?? 'The stream failed'
}

const readError = (body: Buffer, request: IncomingMessage): FunctionError => {
  const { errorType, errorMessage, stackTrace } = readErrorDocument(body.toString('utf8'))
  const header = request.headers['lambda-runtime-function-error-type']
  return {
    errorType: errorType ?? (typeof header === 'string' ? header : 'Unhandled'),
    errorMessage: errorMessage ?? '',
    ...(stackTrace && { stackTrace }),
  }
}

const readErrorDocument = (json: string): Partial<FunctionError> => {
  try {
    const document: unknown = JSON.parse(json)
    return typeof document === 'object' && document !== null ? document : {}
  } catch {
    return {}
  }
}
