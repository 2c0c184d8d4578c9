import { beforeEach, expect, it, vi } from 'vitest'

const ORIGIN = 'https://shop.example.com'

beforeEach(() => vi.resetModules())

const ask = async (origin: string, shopOrigins: string) => {
  vi.stubEnv('SHOP_ORIGINS', shopOrigins)
  const { captureLines, createContext, createHttpEvent } = await import('@acme/observe-lambda/testing')
  const { handler } = await import('./handler.ts')
  const captured = captureLines()
  const event = createHttpEvent({
    method: 'POST',
    path: '/v1/events',
    routeKey: 'POST /v1/events',
    headers: { origin, 'content-type': 'text/plain;charset=UTF-8' },
    body: '{}',
  })
  const answer = await handler(event, createContext())
  captured.restore()
  return answer
}

it('hears the pages of its origins', async () => {
  expect(await ask(ORIGIN, `${ORIGIN}, http://localhost:4401`)).toMatchObject({ statusCode: 400 })
  expect(await ask('http://localhost:4401', `${ORIGIN}, http://localhost:4401`)).toMatchObject({
    statusCode: 400,
  })
})

it('refuses all others', async () => {
  expect(await ask('https://elsewhere.example', ORIGIN)).toMatchObject({ statusCode: 403 })
})

it('does not start without origins', async () => {
  await expect(ask(ORIGIN, '')).rejects.toThrow('origins')
})
