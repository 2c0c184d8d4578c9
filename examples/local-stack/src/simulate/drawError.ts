import type { ErrorEvent } from '@acme/observe-schema/types'
import type { Random } from './random.ts'

type Failure = Pick<ErrorEvent, 'source' | 'name' | 'message' | 'handled' | 'fingerprint'> & {
  functions: readonly (readonly [name: string, file: string, line: number, column: number])[]
  componentStack?: string
  cause?: { name: string; message: string }
}

const ASSET = '/assets/index-B1vq2k3d.js'

const FAILURES: readonly (readonly [number, Failure])[] = [
  [
    5,
    {
      source: 'window',
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'priceCents')",
      handled: false,
      fingerprint: 'b7c1f0a2d9e84c53',
      functions: [
        ['CartSummary', ASSET, 212, 18],
        ['renderWithHooks', ASSET, 40, 9021],
        ['beginWork', ASSET, 40, 41_882],
      ],
    },
  ],
  [
    4,
    {
      source: 'rejection',
      name: 'ApiError',
      message: 'GET /api/failing answered 500',
      handled: false,
      fingerprint: '3f92aa10c4d7b681',
      functions: [
        ['request', ASSET, 88, 11],
        ['loadPrices', ASSET, 131, 7],
      ],
      cause: { name: 'Error', message: 'Internal Server Error' },
    },
  ],
  [
    2,
    {
      source: 'react',
      name: 'RangeError',
      message: 'Invalid currency code : €UR',
      handled: true,
      fingerprint: '90de71b4c25f3a18',
      functions: [
        ['formatMoney', ASSET, 57, 22],
        ['Price', ASSET, 61, 10],
      ],
      componentStack: '\n    at Price\n    at ProductPage\n    at ErrorBoundary\n    at App',
    },
  ],
  [
    2,
    {
      source: 'resource',
      name: 'ResourceError',
      message: 'img failed to load: /assets/prints/night-ferry.webp',
      handled: false,
      fingerprint: '1d40c8e96a7bf235',
      functions: [],
    },
  ],
]

/** One of the shop's failures, with what the visitor did before. */
export const drawError = (random: Random, nowMs: number, path: string) => {
  const { functions, cause, ...failure } = random.weighted(FAILURES)
  const frames = functions.map(([name, file, line, column]) => ({ function: name, file, line, column }))
  const lines = frames.map(
    (frame) => `    at ${frame.function} (${frame.file}:${frame.line}:${frame.column})`,
  )
  const first = nowMs - random.integer(2_000, 9_000)
  return {
    type: 'error' as const,
    ...failure,
    count: random.weighted([
      [8, 1],
      [1, 2],
      [1, random.integer(3, 25)],
    ]),
    ...(frames.length > 0 && { frames, stack: [`${failure.name}: ${failure.message}`, ...lines].join('\n') }),
    ...(cause && { causes: [cause] }),
    breadcrumbs: [
      { at: first, category: 'navigation' as const, message: `to ${path}` },
      { at: first + 700, category: 'click' as const, message: 'button.add-to-cart' },
      {
        at: nowMs - 140,
        category: 'request' as const,
        message: 'GET /api/products 200',
        level: 'info' as const,
      },
    ],
  }
}
