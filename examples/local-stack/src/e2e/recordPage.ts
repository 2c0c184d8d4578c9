import { DEFAULT_COLLECTOR_PATH, SESSION_ID_HEADER } from '@acme/observe-schema/protocol'
import type { Envelope } from '@acme/observe-schema/types'
import type { Page } from 'playwright'

/** What the browser itself saw of a page, independent of anything the stack recorded. */
export interface PageRecord {
  /** Requests to the shop's API. */
  apiRequests: {
    method: string
    path: string
    sessionId: string | undefined
    traceparent: string | undefined
  }[]
  /** Batches the page tried to send, whatever became of them. */
  envelopes: Envelope[]
  /** URL, headers and body of every request besides those to the shop's API. */
  outgoing: string[]
  /** Warnings and errors on the page's console. */
  consoleErrors: string[]
  /** Errors nobody caught. */
  pageErrors: string[]
}

/** Records from now on what a page sends and what goes wrong on it. */
export const recordPage = (page: Page): PageRecord => {
  const record: PageRecord = {
    apiRequests: [],
    envelopes: [],
    outgoing: [],
    consoleErrors: [],
    pageErrors: [],
  }
  page.on('request', (request) => {
    const url = new URL(request.url())
    const headers = request.headers()
    const body = request.postData() ?? ''
    if (url.pathname.startsWith('/api/') && url.pathname !== '/api/send') {
      record.apiRequests.push({
        method: request.method(),
        path: url.pathname,
        sessionId: headers[SESSION_ID_HEADER],
        traceparent: headers.traceparent,
      })
      return
    }
    record.outgoing.push(`${request.method()} ${request.url()}\n${JSON.stringify(headers)}\n${body}`)
    if (url.pathname === DEFAULT_COLLECTOR_PATH && body) record.envelopes.push(JSON.parse(body))
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') record.consoleErrors.push(message.text())
  })
  page.on('pageerror', (error) => record.pageErrors.push(`${error.name}: ${error.message}`))
  return record
}
