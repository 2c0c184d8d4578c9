import { beforeEach, expect, it, vi } from 'vitest'
import type { MetricLike } from './observeVitals.ts'

const input = (startTime: number) => ({ startTime, processingStart: startTime + 20 })

let entries: Record<string, unknown[]>
let first: ReturnType<typeof input> | undefined
let reports: MetricLike[]
let observe: () => void

beforeEach(async () => {
  entries = {}
  first = undefined
  reports = []
  vi.spyOn(performance, 'getEntriesByType').mockImplementation((type) => (entries[type] ?? []) as never)
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(private readonly callback: (list: object, observer: object) => void) {}
      /** Buffered: whoever asks later is told as well. */
      observe() {
        if (first) this.callback({ getEntries: () => [first] }, this)
      }
      disconnect() {}
    },
  )
  vi.resetModules()
  const { observeFirstInput } = await import('./observeFirstInput.ts')
  observe = () => observeFirstInput((metric) => reports.push(metric))
})

it('reports the first input once, however often the SDK is started', () => {
  first = input(100)
  observe()
  observe()
  expect(reports).toMatchObject([{ name: 'FID', value: 20, rating: 'good' }])
})

it.each([
  ['before it', [{ name: 'hidden', startTime: 50 }], 0],
  ['after it', [{ name: 'hidden', startTime: 150 }], 1],
  ['never', [{ name: 'visible', startTime: 0 }], 1],
])('knows of a page that was hidden before it asked: %s', (_, states, expected) => {
  entries['visibility-state'] = states
  first = input(100)
  observe()
  expect(reports).toHaveLength(expected)
})

it('counts the input on a page that was prerendered out of sight', () => {
  entries['visibility-state'] = [{ name: 'hidden', startTime: 0 }]
  entries.navigation = [{ activationStart: 80 }]
  first = input(100)
  observe()
  expect(reports).toHaveLength(1)
})
