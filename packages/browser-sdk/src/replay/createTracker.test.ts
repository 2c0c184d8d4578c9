import { afterEach, expect, it, vi } from 'vitest'
import { createTracker } from './createTracker.ts'

vi.mock('@openreplay/tracker/class', () => ({ default: class {} }))

const { fetch } = window
afterEach(() => {
  window.fetch = fetch
})

it('sends what is for the ingest service past all patches of the page, and nothing else', async () => {
  vi.stubGlobal('isSecureContext', true)
  const pristine = vi.fn(async (_input: unknown, _init?: RequestInit) => new Response())
  const patched = vi.fn(async (_input: unknown, _init?: RequestInit) => new Response())
  window.fetch = patched as typeof fetch
  createTracker({
    projectKey: 'key',
    ingestPoint: 'https://replay.example/ingest',
    fetch: pristine as typeof fetch,
    consoleLevels: [],
    isOwn: () => false,
    announce: () => 'session',
  })
  await window.fetch('https://replay.example/ingest/v1/web/start', {
    method: 'POST',
    body: '{"userUUID":"visitor"}',
  })
  await window.fetch('https://replay.example/ingest/v1/web/conditions/1')
  await window.fetch('/api/orders')
  expect(pristine.mock.calls.map(([url]) => url)).toEqual([
    'https://replay.example/ingest/v1/web/start',
    'https://replay.example/ingest/v1/web/conditions/1',
  ])
  expect(JSON.parse(String(pristine.mock.calls[0]?.[1]?.body))).toMatchObject({ userUUID: 'session' })
  expect(patched.mock.calls.map(([url]) => url)).toEqual(['/api/orders'])
})
