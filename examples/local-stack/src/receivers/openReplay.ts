import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BodyTooLarge, readBody } from '../http/readBody.ts'
import { sendJson } from '../http/sendJson.ts'
import type { Store } from '../store/openStore.ts'

/** Where `ingestPoint` of the tracker points; its own paths follow. */
export const OPENREPLAY_PREFIX = '/ingest'

const MAX_BATCH_BYTES = 2_000_000

/**
 * Speaks the ingest contract of OpenReplay 1.27: starts sessions and keeps every batch as it came.
 * What the batches hold is for the replay server to read.
 */
export const createOpenReplayReceiver = (store: Store) => {
  const replayIds = new Map<string, string>()

  const start = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = parse((await readBody(request, MAX_BATCH_BYTES)).toString('utf8'))
    if (!asked || typeof asked.projectKey !== 'string' || typeof asked.trackerVersion !== 'string') {
      return sendJson(response, 400, { error: 'projectKey and trackerVersion are required' })
    }
    const known = typeof asked.token === 'string' ? replayIds.get(asked.token) : undefined
    const sessionID = known ?? numericId()
    const token = randomUUID()
    replayIds.set(token, sessionID)
    return sendJson(response, 200, {
      token,
      sessionID,
      userUUID: typeof asked.userUUID === 'string' && asked.userUUID ? asked.userUUID : randomUUID(),
      projectID: '1',
      delay: 0,
      startTimestamp: Date.now(),
      beaconSizeLimit: 1_000_000,
      compressionThreshold: 24_000,
      canvasEnabled: false,
      canvasQuality: 'medium',
      canvasFPS: 1,
      userBrowser: '',
      userCity: '',
      userCountry: '',
      userDevice: '',
      userOS: '',
      userState: '',
      features: { 'feature-flags': false, 'usability-test': false },
    })
  }

  const batch = async (request: IncomingMessage, response: ServerResponse) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const replayId = token === undefined ? undefined : replayIds.get(token)
    // The tracker starts over with a new session when it is told 401.
    if (!replayId) return sendJson(response, 401, { error: 'unknown session token' })
    const body = await readBody(request, MAX_BATCH_BYTES)
    store.append('replay_batches', {
      at_ms: Date.now(),
      path: request.url ?? '',
      replay_id: replayId,
      data_type: header(request, 'datatype'),
      content_encoding: header(request, 'content-encoding'),
      body,
      size_bytes: body.length,
    })
    response.writeHead(200).end()
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0]?.slice(OPENREPLAY_PREFIX.length) ?? ''
    const call = `${request.method} ${path}`
    try {
      if (call === 'POST /v1/web/start') return await start(request, response)
      if (['POST /v1/web/i', 'POST /v1/web/images', 'POST /v1/sdk/i'].includes(call)) {
        return await batch(request, response)
      }
      if (call === 'GET /v1/web/tags') return sendJson(response, 200, { tags: [] })
      if (call.startsWith('GET /v1/web/conditions/')) return sendJson(response, 200, { conditions: [] })
      return sendJson(response, 404, { error: 'not found' })
    } catch (error) {
      if (error instanceof BodyTooLarge) return sendJson(response, 413, { error: 'batch is too large' })
      throw error
    }
  }
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Session ids of OpenReplay are decimal numbers in a string. */
const numericId = (): string =>
  BigInt(`0x${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 15)}`).toString()

const parse = (json: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
