import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import { BodyTooLarge, readBody } from '../http/readBody.ts'
import { sendJson } from '../http/sendJson.ts'
import { createStaticSite } from '../http/serveStatic.ts'
import type { HttpApi, HttpApiAnswer } from '../http-api/httpApi.ts'
import { MAX_REQUEST_BYTES } from '../http-api/httpApi.ts'
import { createOpenReplayReceiver, OPENREPLAY_PREFIX } from '../receivers/openReplay.ts'
import { createUmamiReceiver, UMAMI_PATH } from '../receivers/umami.ts'
import type { Store } from '../store/openStore.ts'
import { envelopeIds } from './envelopeIds.ts'

export interface ShopOptions {
  /** Built files of the shop. */
  siteFolder: string
  httpApi: HttpApi
  store: Store
  /** Whether a request is one to the collector, whose bodies are kept. */
  isCollector(path: string): boolean
}

/** The shop's one origin: its page, its API, the collector and the receivers of replay and analytics. */
export const createShop = ({ siteFolder, httpApi, store, isCollector }: ShopOptions): RequestListener => {
  const site = createStaticSite(siteFolder)
  const openReplay = createOpenReplayReceiver(store)
  const umami = createUmamiReceiver(store)

  const api = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const at_ms = Date.now()
    const startedAt = performance.now()
    const body = await readBody(request, MAX_REQUEST_BYTES + 1)
    const method = request.method ?? 'GET'
    const answer = await httpApi.handle({
      method,
      url: request.url ?? '/',
      rawHeaders: request.rawHeaders,
      body,
      httpVersion: request.httpVersion,
      sourceIp: request.socket.remoteAddress ?? '',
    })
    if (answer) send(response, answer)
    else response.destroy()
    const ids = isCollector(path) && method === 'POST' ? envelopeIds(body) : undefined
    const session_id = header(request, SESSION_ID_HEADER) ?? ids?.sessionId
    if (ids) {
      store.append('envelopes', {
        at_ms,
        batch_id: ids.batchId,
        session_id,
        content_type: header(request, 'content-type'),
        origin: header(request, 'origin'),
        user_agent: header(request, 'user-agent'),
        body,
        size_bytes: body.length,
        status: answer?.statusCode,
      })
    }
    store.append('requests', {
      at_ms,
      method,
      path,
      route_key: answer?.routeKey,
      function_name: answer?.functionName,
      request_id: answer?.requestId,
      session_id,
      trace_id: header(request, TRACEPARENT_HEADER)?.split('-')[1],
      status: answer?.statusCode ?? 0,
      duration_ms: performance.now() - startedAt,
      request_bytes: body.length,
      response_bytes: answer?.body.length ?? 0,
    })
  }

  const route = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === UMAMI_PATH) return umami(request, response)
    if (path.startsWith(`${OPENREPLAY_PREFIX}/`)) return openReplay(request, response)
    if (httpApi.handles(request.method ?? 'GET', path) || path.startsWith('/api/')) {
      return api(request, response, path)
    }
    return site(request, response)
  }

  return (request, response) => {
    route(request, response).catch((error) => {
      if (response.headersSent) response.destroy()
      else if (error instanceof BodyTooLarge) sendJson(response, 413, { message: 'Request Entity Too Large' })
      else response.destroy()
    })
  }
}

const send = (response: ServerResponse, { statusCode, headers, body }: HttpApiAnswer) => {
  response.writeHead(statusCode, { ...headers, 'content-length': body.length }).end(body)
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
