import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BodyTooLarge, readBody } from '../http/readBody.ts'
import { sendJson } from '../http/sendJson.ts'
import type { Store } from '../store/openStore.ts'
import { checkUmamiBody, type UmamiBody } from './umamiBody.ts'

export const UMAMI_PATH = '/api/send'

const MAX_BYTES = 256_000
// What Umami's own bot list is cut down to: enough that a crawler of this machine is told apart.
const BOT = /bot|crawler|spider/i

/** Speaks `/api/send` of Umami 3.1, strictly: what the real server would refuse is refused. */
export const createUmamiReceiver =
  (store: Store) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
    if (request.method !== 'POST')
      return sendJson(response, 405, { error: { message: 'Method not allowed' } }, cors)
    const checked = await readUmamiBody(request)
    if ('issues' in checked) {
      return sendJson(
        response,
        400,
        { error: { message: 'Bad request', code: 'bad-request', ...checked } },
        cors,
      )
    }
    if (BOT.test(request.headers['user-agent'] ?? '')) return sendJson(response, 200, { beep: 'boop' }, cors)
    const { type, payload } = checked.body
    store.append('analytics_events', {
      at_ms: Date.now(),
      type,
      website_id: payload.website,
      session_id: payload.id,
      url: payload.url,
      title: payload.title,
      referrer: payload.referrer,
      name: payload.name,
      payload: JSON.stringify(payload),
    })
    const sessionId = uuidOf(payload.website, payload.id ?? request.headers['user-agent'] ?? '')
    const visitId = uuidOf(sessionId, String(Math.floor(Date.now() / 3_600_000)))
    return sendJson(response, 200, { cache: `${sessionId}.${visitId}`, sessionId, visitId }, cors)
  }

const readUmamiBody = async (
  request: IncomingMessage,
): Promise<{ body: UmamiBody } | { issues: string[] }> => {
  try {
    const text = (await readBody(request, MAX_BYTES)).toString('utf8')
    return checkUmamiBody(JSON.parse(text))
  } catch (error) {
    if (error instanceof BodyTooLarge || error instanceof SyntaxError) return { issues: [error.message] }
    throw error
  }
}

/** A UUID that depends on its parts alone, as Umami's session and visit ids do. */
const uuidOf = (...parts: string[]): string => {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
