import { initObservability } from '@acme/observe-browser'
import { ErrorBoundary, ObservabilityProvider } from '@acme/observe-browser/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import './styles.css'

const observe = initObservability({
  app: 'nowhere-prints',
  environment: import.meta.env.MODE,
  release: '1.0.0',
  // Short, so that the console follows a visit live. The default of five seconds makes fewer requests.
  collector: { endpoint: `${location.origin}/v1/events`, batchIntervalMs: 1_000 },
  openReplay: { projectKey: 'nowhere-prints', ingestPoint: `${location.origin}/ingest` },
  umami: { websiteId: '5a0f7c1e-3d7b-4b8e-9a46-2f1f0d6c8b11', host: location.origin },
  captureConsole: ['error'],
  debug: import.meta.env.DEV,
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <ObservabilityProvider observe={observe}>
      <ErrorBoundary fallback={<p className="alert">The shop could not be shown. Please reload the page.</p>}>
        <App />
      </ErrorBoundary>
    </ObservabilityProvider>
  </StrictMode>,
)
