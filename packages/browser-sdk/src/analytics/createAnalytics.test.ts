import type { SessionInfo } from '@acme/observe-schema/types'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Page } from '../core/Pages.ts'
import type { Signal } from '../signals/Signal.ts'
import { type Analytics, createAnalytics } from './createAnalytics.ts'

let post: ReturnType<typeof vi.fn<(url: string, body: string) => Promise<Response>>>
const page: Page = { info: { path: '/cart' } }
let analytics: Analytics

afterEach(() => {
  vi.useRealTimers()
})
beforeEach(() => {
  vi.useFakeTimers()
  post = vi.fn(async () => new Response('{}'))
  analytics = createAnalytics({
    options: { websiteId: 'website', host: 'https://umami.example' },
    environment: { post },
    pages: { current: page, landing: page, shown: [page] },
    counted: 'a',
    maySend: () => true,
  })
})

const session = (id: string): SessionInfo => ({ id, startedAt: 0 })
const signal = (fields: object) => ({ id: 's', at: 0, page: page.info, ...fields }) as unknown as Signal
const view = signal({ type: 'page-view', navigationType: 'load' })
const error = signal({ type: 'error', source: 'window' })
const ordered = signal({ type: 'custom', name: 'ordered', details: { name: 'ordered' } })
const sent = () => {
  vi.runAllTimers()
  return post.mock.calls.map(([, body]) => {
    const { payload } = JSON.parse(body)
    return [payload.id, payload.name ?? payload.url]
  })
}

it('tells of page views and business events, each once', () => {
  for (const each of [view, error, ordered]) analytics.add(each, session('a'))
  expect(sent()).toEqual([
    ['a', '/cart'],
    ['a', 'ordered'],
  ])
})

it('counts the page that is shown for a session that begins on it, whatever happens there first', () => {
  analytics.add(view, session('a'))
  analytics.add(error, session('b'))
  analytics.add(error, session('b'))
  analytics.add(ordered, session('c'))
  expect(sent()).toEqual([
    ['a', '/cart'],
    ['b', '/cart'],
    ['c', '/cart'],
    ['c', 'ordered'],
  ])
})
