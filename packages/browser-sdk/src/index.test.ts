import { expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import * as entry from './index.ts'
import * as react from './react/index.ts'

it('exports exactly this', () => {
  expect(Object.keys(entry).sort()).toEqual(['SDK_VERSION', 'getObservability', 'initObservability'])
  expect(Object.keys(react).sort()).toEqual([
    'ErrorBoundary',
    'ObservabilityProvider',
    'reactErrorHandlers',
    'useObservability',
    'useRoute',
    'useTrack',
  ])
})

it('knows its version', () => {
  expect(entry.SDK_VERSION).toBe(manifest.version)
})
