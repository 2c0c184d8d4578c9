import { expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import * as overlay from './development/overlay/index.ts'
import * as entry from './index.ts'
import * as react from './react/index.ts'
import * as vite from './vite/index.ts'

it('exports exactly this', () => {
  expect(Object.keys(entry).sort()).toEqual(['SDK_VERSION', 'getObservability', 'initObservability'])
  expect(Object.keys(react).sort()).toEqual([
    'ErrorBoundary',
    'ObservabilityProvider',
    'PrivacyNotice',
    'reactErrorHandlers',
    'useConsent',
    'useObservability',
    'useRoute',
    'useTrack',
  ])
  expect(Object.keys(overlay)).toEqual(['showOverlay'])
  expect(Object.keys(vite)).toEqual(['observeBuild'])
})

it('knows its version', () => {
  expect(entry.SDK_VERSION).toBe(manifest.version)
})
