import type { StackFrame } from '@acme/observe-schema/types'
import { transform } from 'esbuild'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { resetFailures } from '../../output/reportFailure.ts'
import { type CapturedLines, captureLines, createHttpEvent } from '../../testing/index.ts'
import {
  type CollectorHandler,
  createCollector,
  type SourceMapLoader,
  type SourceMapRequest,
  s3SourceMaps,
} from '../index.ts'

const SOURCE = `
export const pay = (cart) => {
  return total(cart.items)
}
const total = (items) => {
  throw new TypeError('no items')
}
`
let code: string
let map: string
let captured: CapturedLines
let batches = 0

beforeAll(async () => {
  const built = await transform(SOURCE, {
    sourcemap: true,
    sourcefile: 'src/cart.ts',
    minify: true,
    format: 'esm',
  })
  code = built.code
  map = built.map
})
beforeEach(() => {
  resetFailures()
  captured = captureLines()
})
afterEach(() => captured.restore())

const frameOfThrow = (file: string): StackFrame => {
  const lines = code.slice(0, code.indexOf('throw')).split('\n')
  return { function: 'r', file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const send = (load: SourceMapLoader, frames: StackFrame[], app: object = {}) =>
  sendTo(createCollector({ origins: ['*'], sourceMaps: load }), frames, app)

const sendTo = async (handler: CollectorHandler, frames: StackFrame[], app: object = {}) => {
  const envelope = {
    schemaVersion: 1,
    batchId: `map-${++batches}`,
    sentAt: 1,
    sdk: { name: 'x', version: '1' },
    app: { name: 'shop', release: '1.4.2', environment: 'prod', ...app },
    session: { id: 's', startedAt: 1 },
    client: { language: 'de', viewport: { width: 1, height: 1 }, deviceType: 'mobile' },
    events: [
      {
        id: 'e',
        at: 1,
        page: { path: '/' },
        type: 'error',
        source: 'window',
        name: 'TypeError',
        message: 'no items',
        stack: 'TypeError: no items\n    at r (minified)',
        frames,
        handled: false,
        fingerprint: 'f',
        count: 1,
      },
    ],
  }
  const event = createHttpEvent({
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify(envelope),
  })
  expect((await handler(event)).statusCode).toBe(202)
  return captured.lines.at(-1)?.error as { stack: string; frames: StackFrame[] }
}

const FILE = 'https://shop.example.com/assets/index-4f2a.js'

it('stacks name the original file, line and function', async () => {
  const requests: SourceMapRequest[] = []
  const error = await send(
    async (request) => {
      requests.push(request)
      return map
    },
    [frameOfThrow(FILE), frameOfThrow(`${FILE}?v=1`)],
  )
  expect(error.frames[0]).toMatchObject({ file: 'src/cart.ts', line: 6 })
  expect(error.stack).toContain('src/cart.ts:6:')
  expect(requests[0]).toEqual({ app: 'shop', release: '1.4.2', file: 'assets/index-4f2a.js' })
})

const collectorWith = (load: SourceMapLoader) => createCollector({ origins: ['*'], sourceMaps: load })

it('a map is loaded once, and so is the knowledge that there is none', async () => {
  const load = vi.fn<SourceMapLoader>(async ({ file }) => (file === 'a.js' ? map : undefined))
  const handler = collectorWith(load)
  for (let round = 0; round < 3; round++) {
    expect((await sendTo(handler, [frameOfThrow('https://x.example/a.js')])).stack).toContain('src/cart.ts')
    expect((await sendTo(handler, [frameOfThrow('https://x.example/b.js')])).stack).toContain('minified')
  }
  expect(load).toHaveBeenCalledTimes(2)
})

it('batches that arrive together share a load', async () => {
  const load = vi.fn<SourceMapLoader>(async () => map)
  const handler = collectorWith(load)
  await Promise.all([1, 2, 3].map(() => sendTo(handler, [frameOfThrow(FILE)])))
  expect(load).toHaveBeenCalledTimes(1)
})

it('a failed load is tried again, after a pause', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const load = vi.fn<SourceMapLoader>(async () => map).mockRejectedValueOnce(new Error('S3 is down'))
    const handler = collectorWith(load)
    for (let round = 0; round < 2; round++) {
      expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('minified')
    }
    expect(load).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 30_001)
    expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('src/cart.ts')
  } finally {
    vi.useRealTimers()
  }
})

it('a map that is uploaded later is found: there being none is forgotten after five minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const load = vi.fn<SourceMapLoader>(async () => map).mockResolvedValueOnce(undefined)
    const handler = collectorWith(load)
    expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('minified')
    vi.setSystemTime(Date.now() + 299_000)
    expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('minified')
    expect(load).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 1_001)
    expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('src/cart.ts')
    expect(load).toHaveBeenCalledTimes(2)
  } finally {
    vi.useRealTimers()
  }
})

it('a map that is too long is not loaded again', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const load = vi.fn<SourceMapLoader>(async () => ' '.repeat(20_000_001))
    const handler = collectorWith(load)
    for (let round = 0; round < 2; round++) {
      expect((await sendTo(handler, [frameOfThrow(FILE)])).stack).toContain('minified')
      vi.setSystemTime(Date.now() + 3_600_000)
    }
    expect(load).toHaveBeenCalledTimes(1)
  } finally {
    vi.useRealTimers()
  }
})

it('names a page invents put no map out of memory', async () => {
  const load = vi.fn<SourceMapLoader>(async ({ file }) => (file.startsWith('assets/') ? map : undefined))
  const handler = collectorWith(load)
  await sendTo(handler, [frameOfThrow(FILE)])
  for (let batch = 0; batch < 3; batch++) {
    const frames = Array.from({ length: 10 }, (_, index) =>
      frameOfThrow(`https://x.example/${batch}-${index}.js`),
    )
    await sendTo(handler, frames)
  }
  load.mockClear()
  await sendTo(handler, [frameOfThrow(FILE)])
  expect(load).not.toHaveBeenCalled()
})

it.each([
  ['a path upwards', 'https://x.example/../../secret.js', {}],
  ['a path upwards that is decoded twice', 'https://x.example/%252e%252e/secret.js', {}],
  ['a broken encoding', 'https://x.example/%2e%2e/%zz/x.js', {}],
  ['an encoded path upwards', 'https://x.example/%2e%2e/%2e%2e/secret/%2e%2e%2fx.js', {}],
  ['an app with a slash', FILE, { name: '../other' }],
  ['a release that is dots', FILE, { release: '..' }],
  ['no release', FILE, { release: undefined }],
])('%s is never looked up as such', async (_name, file, app) => {
  const load = vi.fn<SourceMapLoader>(async () => map)
  await send(load, [frameOfThrow(file)], app)
  for (const [request] of load.mock.calls) {
    expect(JSON.stringify(request)).not.toMatch(/\.\.|%2e/i)
  }
})

it.each([
  ['_next/static/chunks/app/(shop)/[id]/page-4f2a.js', '_next/static/chunks/app/(shop)/[id]/page-4f2a.js'],
  ['_next/static/chunks/app/%28shop%29/%5Bid%5D/page.js', '_next/static/chunks/app/(shop)/[id]/page.js'],
  ['build/_shared/@scope+pkg~2.js', 'build/_shared/@scope+pkg~2.js'],
  ['build/routes/$id-4f2a.js', 'build/routes/$id-4f2a.js'],
])('the script %s is looked up by its own name', async (path, file) => {
  const load = vi.fn<SourceMapLoader>(async () => map)
  await send(load, [frameOfThrow(`https://x.example/${path}`)])
  expect(load).toHaveBeenCalledWith({ app: 'shop', release: '1.4.2', file })
})

it('a page cannot cause more than ten look-ups with one batch', async () => {
  const load = vi.fn<SourceMapLoader>(async () => undefined)
  await send(
    load,
    Array.from({ length: 40 }, (_, index) => frameOfThrow(`https://x.example/${index}.js`)),
  )
  expect(load).toHaveBeenCalledTimes(10)
})

it('a loader that fails, a map that is broken or slow costs the resolution, not the error', async () => {
  expect(
    (
      await send(async () => {
        throw new Error('S3 is down')
      }, [frameOfThrow(FILE)])
    ).stack,
  ).toContain('minified')
  expect((await send(async () => '{"not":"a map"', [frameOfThrow(FILE)])).stack).toContain('minified')
  vi.useFakeTimers()
  const slow = send(() => new Promise(() => {}), [frameOfThrow(FILE)])
  await vi.advanceTimersByTimeAsync(2_000)
  expect((await slow).stack).toContain('minified')
  vi.useRealTimers()
})

it('S3 is asked for the key of app, release and script', async () => {
  const getObject = vi.fn(async ({ Key }: { Bucket: string; Key: string }) => {
    if (Key.endsWith('gone.js.map')) throw Object.assign(new Error('no'), { name: 'NoSuchKey' })
    return { Body: { transformToString: async () => map } }
  })
  const load = s3SourceMaps({ s3: { getObject }, bucket: 'maps', prefix: 'web/' })
  expect(await load({ app: 'shop', release: '1', file: 'a/b.js' })).toBe(map)
  expect(getObject).toHaveBeenCalledWith({ Bucket: 'maps', Key: 'web/shop/1/a/b.js.map' })
  expect(await load({ app: 'shop', release: '1', file: 'gone.js' })).toBeUndefined()
})
