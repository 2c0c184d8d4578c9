import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Envelope, ObserveEvent } from '@acme/observe-schema/types'

export interface ReceivedBatch {
  headers: IncomingMessage['headers']
  body: string
  envelope: Envelope
}

/** A collector for tests: answers as the contract says, remembers everything, and can be told to misbehave. */
export interface TestCollector {
  endpoint: string
  batches: ReceivedBatch[]
  /** Ids of all batches received, as often as they came. */
  deliveries: string[]
  /** Events of all batches, each batch once. */
  events: () => ObserveEvent[]
  /** Answers instead of the usual 202 until it returns false. */
  behave: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  stop: () => Promise<void>
  start: () => Promise<void>
}

export const startCollector = async (): Promise<TestCollector> => {
  const batches: ReceivedBatch[] = []
  const deliveries: string[] = []
  let server: Server
  let port = 0
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-expose-headers', 'retry-after')
    if (request.method !== 'POST') return response.end()
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      if (collector.behave?.(request, response)) return
      const body = Buffer.concat(chunks).toString()
      const envelope: Envelope = JSON.parse(body)
      deliveries.push(envelope.batchId)
      const duplicate = batches.some((batch) => batch.envelope.batchId === envelope.batchId)
      if (!duplicate) batches.push({ headers: request.headers, body, envelope })
      response.writeHead(202, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ accepted: envelope.events.length, rejected: [], ...(duplicate && { duplicate }) }),
      )
    })
  }
  const collector: TestCollector = {
    endpoint: '',
    batches,
    deliveries,
    events: () => batches.flatMap(({ envelope }) => envelope.events),
    behave: undefined,
    start: () =>
      new Promise((resolve) => {
        server = createServer(handle).listen(port, '127.0.0.1', () => {
          port = (server.address() as AddressInfo).port
          collector.endpoint = `http://127.0.0.1:${port}/v1/events`
          resolve()
        })
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  await collector.start()
  return collector
}
