import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startShopServer } from '../testing/shopServer.ts'

let shop: Awaited<ReturnType<typeof startShopServer>>
beforeAll(async () => {
  shop = await startShopServer()
})
afterAll(() => shop.close())

const website = '7c3f6a1e-0000-4000-8000-000000000001'
const send = (body: unknown, headers: Record<string, string> = { 'user-agent': 'Mozilla/5.0' }) =>
  fetch(`${shop.url}/api/send`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

it('takes a page view and answers with the ids of its session and visit', async () => {
  const payload = {
    website,
    id: 'session-1',
    url: '/cart',
    title: 'Cart',
    hostname: 'shop',
    screen: '390x844',
  }
  const answers = await Promise.all([1, 2].map(async () => (await send({ type: 'event', payload })).json()))
  expect(answers[0]).toMatchObject({ cache: expect.any(String), sessionId: expect.any(String) })
  expect(answers[1]).toEqual(answers[0])
  expect(await shop.store.query('SELECT session_id, url, title, name FROM analytics_events')).toEqual(
    [1, 2].map(() => ({ session_id: 'session-1', url: '/cart', title: 'Cart', name: null })),
  )
})

describe('refuses with 400', () => {
  it.each([
    ['no JSON', 'nope'],
    ['an unknown type', { type: 'pageview', payload: { website } }],
    ['no payload', { type: 'event' }],
    ['a website that is no UUID', { type: 'event', payload: { website: 'shop' } }],
    ['a long name', { type: 'event', payload: { website, name: 'n'.repeat(51) } }],
    ['a long id', { type: 'event', payload: { website, id: 'n'.repeat(51) } }],
    ['a url that is no string', { type: 'event', payload: { website, url: 7 } }],
    ['a vital out of range', { type: 'performance', payload: { website, lcp: 60_001 } }],
    ['data that is no object', { type: 'identify', payload: { website, data: [] } }],
    [
      'too many properties',
      {
        type: 'event',
        payload: { website, data: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n])) },
      },
    ],
  ])('%s', async (_, body) => {
    const response = await send(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'bad-request' } })
  })
})

it('laughs at bots without counting them', async () => {
  const response = await send(
    { type: 'event', payload: { website, name: 'bot-visit' } },
    { 'user-agent': 'Googlebot/2.1' },
  )
  expect(await response.json()).toEqual({ beep: 'boop' })
  expect(await shop.store.query(`SELECT 1 FROM analytics_events WHERE name = 'bot-visit'`)).toEqual([])
})
