import { expect, it } from 'vitest'
import { isNoise } from './isNoise.ts'

const staying = { isLeaving: false, ignore: ['known issue', /^Widget \d+/] }

it.each([
  'ResizeObserver loop completed with undelivered notifications.',
  'ResizeObserver loop limit exceeded',
  'Object Not Found Matching Id:3, MethodName:simulateEvent, ParamCount:4',
  'Loading chrome-extension://abc/x.js failed',
  'a known issue of the vendor',
  'Widget 17 is gone',
])('ignores %s', (message) => {
  expect(isNoise({ message }, staying)).toBe(true)
})

it('ignores what an extension throws, by its stack', () => {
  expect(isNoise({ message: 'x', stack: 'at f (moz-extension://abc/x.js:1:1)' }, staying)).toBe(true)
})

it('ignores broken-off requests while the page is left, and only then', () => {
  for (const error of [
    { message: 'Failed to fetch' },
    { message: 'Load failed' },
    { name: 'AbortError', message: 'aborted' },
  ]) {
    expect(isNoise(error, { ...staying, isLeaving: true })).toBe(true)
    expect(isNoise(error, staying)).toBe(false)
  }
})

it.each(['Script error.', 'x is not a function', 'ResizeObserver is not defined', ''])(
  'keeps %s',
  (message) => {
    expect(isNoise({ message }, staying)).toBe(false)
  },
)

it('matches a global pattern every time', () => {
  const ignore = [/boom/g]
  const found = [1, 2, 3].map(() => isNoise({ message: 'boom' }, { isLeaving: false, ignore }))
  expect(found).toEqual([true, true, true])
})
