import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { BROWSER_ARGS, findBrowser } from './scripts/find-browser.mjs'

const source = '@acme/source'
const executablePath = await findBrowser()
const failOnConsole = './scripts/fail-on-console.ts'

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.{ts,tsx}'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'packages/{shared-schema,lambda-sdk}/src/**/*.test.ts',
            'examples/{api,local-stack}/src/**/*.test.ts',
          ],
          exclude: ['**/*.e2e.test.ts'],
          setupFiles: [failOnConsole],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['packages/browser-sdk/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.*'],
          setupFiles: [failOnConsole],
        },
      },
      {
        extends: true,
        // Found while a test runs, they would make Vite reload it.
        optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'web-vitals'] },
        test: {
          name: 'chromium',
          include: ['packages/browser-sdk/src/**/*.browser.test.{ts,tsx}'],
          setupFiles: [failOnConsole],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath && { executablePath }), args: BROWSER_ARGS },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['examples/**/src/**/*.e2e.test.ts', 'packages/**/src/**/*.e2e.test.ts'],
          setupFiles: [failOnConsole],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
