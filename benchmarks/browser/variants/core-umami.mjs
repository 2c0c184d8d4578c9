import { initObservability } from '@acme/observe-browser'

initObservability({
  app: 'shop',
  environment: 'production',
  release: '1',
  collector: { endpoint: '/receive/collector' },
  umami: { websiteId: '0198f3c2-7c1e-7000-8000-000000000001', host: location.origin },
})
