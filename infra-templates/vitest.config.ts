import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  // Without vite's own `module`, which names files of the AWS SDK that Node cannot load.
  ssr: { resolve: { conditions: ['@acme/source', 'node', 'development|production'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'build/**', '.venv/**'],
    setupFiles: ['../scripts/fail-on-console.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
  },
})
