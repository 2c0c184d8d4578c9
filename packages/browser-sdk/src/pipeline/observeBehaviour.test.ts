import { afterEach, expect, it, vi } from 'vitest'
import type { Metric } from 'web-vitals'
import { beginPage } from '../core/beginPage.ts'
import type { Capture } from '../core/Capture.ts'
import { type Page, type Pages, readPage } from '../core/Pages.ts'
import { createTrail } from '../signals/createTrail.ts'
import { observeBehaviour } from './observeBehaviour.ts'

let stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops) stop()
  vi.unstubAllGlobals()
})

it('attributes the late vitals of a route to that route, however far back it is', () => {
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      observe() {}
    },
  )
  history.replaceState({}, '', '/0')
  const landing = readPage()
  const pages: Pages = { current: landing, landing, shown: [landing] }
  let tell = (_: Partial<Metric>) => {}
  const told: (Page | undefined)[] = []
  stops = observeBehaviour(
    {
      options: { softNavigations: true, requests: false },
      pages,
      trail: createTrail(() => 0),
      measures: [
        (callback: typeof tell) => {
          tell = callback
        },
      ],
      reportVital: (_: unknown, page?: Page) => told.push(page),
    } as unknown as Capture,
    () => false,
  )
  for (let route = 1; route < 8; route++) {
    history.pushState({}, '', `/${route}`)
    pages.current.info.route = `/route-${route - 1}`
    beginPage(pages, false)
  }
  for (const route of [6, 0]) {
    tell({ navigationType: 'soft-navigation', navigationURL: `${location.origin}/${route}?q=1` } as Metric)
  }
  expect(told.map((page) => page?.info)).toEqual([
    expect.objectContaining({ path: '/6', route: '/route-6' }),
    { path: '/0' },
  ])
  // web-vitals has no way to stop: without this a second start would have each of them twice.
  for (const stop of stops) stop()
  tell({ navigationType: 'soft-navigation', navigationURL: `${location.origin}/6` } as Metric)
  expect(told).toHaveLength(2)
})
