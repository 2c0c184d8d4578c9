import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterLoad } from './afterLoad.ts'

const stateOfPage = (state: DocumentReadyState) =>
  vi.spyOn(document, 'readyState', 'get').mockReturnValue(state)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('waits for a page that still loads, and for its paint', () => {
  stateOfPage('interactive')
  const callback = vi.fn()
  afterLoad(callback)
  vi.advanceTimersByTime(3_000)
  expect(callback).not.toHaveBeenCalled()
  dispatchEvent(new Event('load'))
  expect(callback).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(callback).toHaveBeenCalled()
})

test('does not wait long for a page that never finishes to load', () => {
  stateOfPage('loading')
  const callback = vi.fn()
  afterLoad(callback)
  vi.advanceTimersByTime(4_000)
  expect(callback).toHaveBeenCalled()
})

test('is soon where the page was loaded long ago', () => {
  stateOfPage('complete')
  const callback = vi.fn()
  afterLoad(callback)
  vi.advanceTimersByTime(100)
  expect(callback).toHaveBeenCalled()
})
