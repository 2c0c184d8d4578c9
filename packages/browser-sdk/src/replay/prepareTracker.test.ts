import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TrackerOptions } from './createTracker.ts'
import type { TrackerListener } from './prepareTracker.ts'

let announce: TrackerOptions['announce']
let listener: TrackerListener

vi.mock('./createTracker.ts', () => ({
  createTracker: (options: TrackerOptions) => {
    announce = options.announce
    const app = {
      worker: Object.assign(new EventTarget(), { postMessage: () => {} }),
      nodes: { getNode: () => undefined },
      attachStartCallback: () => {},
    }
    return { use: (inner: (it: object) => unknown) => inner(app), stop: () => {} }
  },
}))

beforeEach(async () => {
  vi.stubGlobal('isSecureContext', true)
  vi.resetModules()
  const { prepareTracker } = await import('./prepareTracker.ts')
  listener = {
    isListening: vi.fn(() => true),
    sessionId: () => 'session',
    onAnnounce: vi.fn(),
    onStart: () => {},
    onObstacle: () => {},
  }
  const needs = {
    options: { projectKey: 'key', ingestPoint: '/ingest' },
    fetch,
    ownUrls: [],
    consoleLevels: [],
  }
  expect(prepareTracker(needs, listener)).toHaveProperty('tracker')
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const hide = (persisted: boolean) => window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted }))

it('lets a recording begin under the id that every tool shares', () => {
  expect(announce()).toBe('session')
  expect(listener.onAnnounce).toHaveBeenCalledOnce()
})

it('lets none begin on a page that has ended, which was announced by then', () => {
  hide(false)
  expect(announce).toThrow('stopped')
  expect(listener.onAnnounce).not.toHaveBeenCalled()
})

it('lets it begin on a page that went to the back/forward cache and may be back', () => {
  hide(true)
  expect(announce()).toBe('session')
})

it('lets none begin that nobody wants any more', () => {
  vi.mocked(listener.isListening).mockReturnValue(false)
  expect(announce).toThrow('stopped')
  expect(listener.onAnnounce).not.toHaveBeenCalled()
})
