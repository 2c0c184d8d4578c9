import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { printsPlugin } from './prints/printsPlugin.ts'

const api = process.env.SHOP_API ?? 'http://127.0.0.1:4401'

export default defineConfig({
  plugins: [react(), printsPlugin()],
  // Only in this repository: take the workspace's sources instead of its built packages.
  resolve: { conditions: ['@acme/source', ...defaultClientConditions] },
  build: { sourcemap: true },
  server: {
    host: '127.0.0.1',
    // The demo's collector hears pages of its own origin only.
    proxy: { '/api': api, '/ingest': api, '/v1': { target: api, headers: { origin: api } } },
  },
})
