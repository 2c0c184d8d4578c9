import manifest from '@openreplay/tracker/package.json' with { type: 'json' }
import { expect, it, vi } from 'vitest'
import { announceVisit, TRACKER_VERSION } from './announceVisit.ts'

const options = { projectKey: 'key', ingestPoint: '/ingest' }
const environment = () => ({ now: () => 1_000, post: vi.fn(async () => new Response()) })

it('speaks for the release of the tracker that is installed', () => {
  expect(TRACKER_VERSION).toBe(manifest.version)
})

it('tells once of a session, and again of the next', () => {
  const { now, post } = environment()
  for (const id of ['a', 'a', 'b', 'b']) announceVisit(options, id, localStorage, { now, post })
  const bodies = post.mock.calls.map(([, body]: unknown[]) => JSON.parse(String(body)))
  expect(bodies.map(({ userUUID }) => userUUID)).toEqual(['a', 'b'])
  expect(bodies[0]).toMatchObject({ projectKey: 'key', timestamp: 1_000 })
  expect(bodies[0].timezone).toMatch(/^UTC[+-]\d\d:\d\d$/)
})

it('tells of it also where nothing may be stored', () => {
  const { now, post } = environment()
  announceVisit(options, 'a', undefined, { now, post })
  expect(post).toHaveBeenCalledOnce()
})
