import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Store } from '../store/openStore.ts'
import { buildAssets } from './assets.ts'
import { emptyState } from './components.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import { createLiveUpdates } from './liveUpdates.ts'
import { findEnvelope } from './queries/envelopes.ts'
import type { Page } from './view.ts'
import { findView } from './views.ts'

export interface ConsoleOptions {
  store: Store
  shopUrl: string
}

/** The console's pages, assets and live updates. */
export const createConsole = async ({
  store,
  shopUrl,
}: ConsoleOptions): Promise<{ listener: RequestListener; close(): Promise<void> }> => {
  const assets = await buildAssets()
  const live = createLiveUpdates(store)

  const page = async (url: URL, response: ServerResponse) => {
    const found = findView(url.pathname)
    const context = { store, url, shopUrl, now: Date.now() }
    const shown = await found?.view(context, found.parameter)
    sendPage(response, shown ? 200 : 404, shown ?? missing, url.pathname)
  }

  const sendPage = (response: ServerResponse, status: number, content: Page, path: string) => {
    const nonce = randomBytes(16).toString('base64')
    response
      .writeHead(status, {
        ...securityHeaders(nonce),
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      })
      .end(layout(content, { path, nonce, shopUrl }).markup)
  }

  const body = async (seq: number, response: ServerResponse) => {
    const envelope = await findEnvelope(store, seq)
    if (!envelope) return void response.writeHead(404).end()
    const headers = { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' }
    response.writeHead(200, headers).end(envelope.body)
  }

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A page of another site must not read this one under a name that resolves to this machine.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      return void response.writeHead(403).end('The console answers on 127.0.0.1 and localhost only.')
    }
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const asset = assets.get(url.pathname)
    if (asset) {
      const headers = {
        'content-type': asset.contentType,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      }
      return void response.writeHead(200, headers).end(asset.body)
    }
    if (url.pathname === '/live') return live.add(response)
    const seq = /^\/wire\/(\d{1,16})\/body$/.exec(url.pathname)?.[1]
    return seq ? body(Number(seq), response) : page(url, response)
  }

  return {
    listener: (request, response) => {
      route(request, response).catch((error: unknown) => {
        if (response.headersSent) return void response.destroy()
        const message = error instanceof Error ? error.message : String(error)
        sendPage(response, 500, { title: 'This view failed', body: html`<pre>${message}</pre>` }, '')
      })
    },
    close: async () => live.close(),
  }
}

const missing: Page = {
  title: 'Not found',
  body: emptyState(
    'There is nothing here',
    html`It may belong to an earlier run. <a href="/">Go to the overview</a>.`,
  ),
}

const securityHeaders = (nonce: string) => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
})
