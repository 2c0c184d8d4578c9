import { expect, it, vi } from 'vitest'
import type { UmamiPayload } from './Analytics.ts'
import { sendDirectly } from './sendDirectly.ts'

it('returns the token of Umami for the session only that it was given for', async () => {
  const post = vi.fn(async (_url: string, _body: string, _init?: RequestInit) =>
    Response.json({ cache: 'token' }),
  )
  const send = sendDirectly({ websiteId: 'id', host: location.origin }, { post })
  for (const id of ['a', 'a', 'b', 'b']) await send('event', { id } as UmamiPayload)
  expect(post.mock.calls.map(([, , init]) => new Headers(init?.headers).get('x-umami-cache'))).toEqual([
    null,
    'token',
    null,
    'token',
  ])
})
