import { afterAll, beforeAll, expect, it } from 'vitest'
import { startShopServer } from '../testing/shopServer.ts'

let shop: Awaited<ReturnType<typeof startShopServer>>
beforeAll(async () => {
  shop = await startShopServer()
})
afterAll(() => shop.close())

const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${shop.url}/ingest${path}`, { method: 'POST', body, headers })
const start = async () => {
  const response = await post('/v1/web/start', JSON.stringify({ projectKey: 'k', trackerVersion: '18.2.0' }))
  return (await response.json()) as Record<string, unknown>
}

it('answers a start with all the tracker insists on', async () => {
  expect(await start()).toMatchObject({
    token: expect.any(String),
    userUUID: expect.any(String),
    sessionID: expect.stringMatching(/^\d+$/),
    delay: expect.any(Number),
    startTimestamp: expect.any(Number),
    beaconSizeLimit: expect.any(Number),
  })
})

it('keeps the session of a token it gave out', async () => {
  const first = await start()
  const again = await post(
    '/v1/web/start',
    JSON.stringify({ projectKey: 'k', trackerVersion: '18.2.0', token: first.token }),
  )
  expect(await again.json()).toMatchObject({ sessionID: first.sessionID })
})

it.each(['', 'not json', '{}', '{"projectKey":"k"}', '[]'])('refuses the start %j', async (body) => {
  expect((await post('/v1/web/start', body)).status).toBe(400)
})

it('keeps a batch byte for byte under the session it belongs to', async () => {
  const { token, sessionID } = await start()
  const batch = Uint8Array.from([1, 0, 255, 13, 10])
  const response = await post('/v1/web/i?batch=1_1_5_kno', batch, {
    authorization: `Bearer ${token}`,
    datatype: 'player',
    'content-encoding': 'gzip',
  })
  expect(response.status).toBe(200)
  const [row] = await shop.store.query<Record<string, unknown>>('SELECT * FROM replay_batches')
  expect(row).toMatchObject({
    replay_id: sessionID,
    size_bytes: 5,
    data_type: 'player',
    content_encoding: 'gzip',
    path: '/ingest/v1/web/i?batch=1_1_5_kno',
  })
  expect(Uint8Array.from(row?.body as Uint8Array)).toEqual(batch)
})

it('refuses a batch without a token it knows', async () => {
  expect((await post('/v1/web/i', 'x')).status).toBe(401)
  expect((await post('/v1/web/i', 'x', { authorization: 'Bearer made-up' })).status).toBe(401)
})

it('refuses a batch over the limit', async () => {
  const { token } = await start()
  const response = await post('/v1/web/i', new Uint8Array(2_000_001), { authorization: `Bearer ${token}` })
  expect(response.status).toBe(413)
})

it('has tags and conditions, and nothing else', async () => {
  expect(await (await fetch(`${shop.url}/ingest/v1/web/tags`)).json()).toEqual({ tags: [] })
  expect(await (await fetch(`${shop.url}/ingest/v1/web/conditions/1`)).json()).toEqual({ conditions: [] })
  expect((await fetch(`${shop.url}/ingest/v1/web/other`)).status).toBe(404)
})
