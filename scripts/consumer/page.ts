import { initObservability } from '@acme/observe-browser'
import { ErrorBoundary } from '@acme/observe-browser/react'
import { maskText } from '@acme/observe-schema/masking'

const observe = initObservability({
  app: 'shop',
  environment: 'production',
  collector: { endpoint: 'https://observe.example.com/v1/events' },
})
observe.captureError(new Error(maskText('boom')))
observe.track('checkout', { step: 2 })
export const sessionId: string = observe.session.id
export { ErrorBoundary }
