import { initObservability } from '@acme/observe-browser'

initObservability({
  app: 'shop',
  environment: 'production',
  release: '1',
  collector: { endpoint: '/receive/collector' },
})
