import { withObservability } from '@acme/observe-lambda'
import { createCollector } from '@acme/observe-lambda/collector'

/** `POST /v1/events`: what the shop's pages report. */
export const handler = withObservability(
  createCollector({
    origins: (process.env.SHOP_ORIGINS ?? '').split(',').map((origin) => origin.trim()),
    apps: ['nowhere-prints'],
    routes: ['/', '/products/:slug', '/cart', '/checkout', '/thanks', '/orders', '/trouble'],
  }),
  { service: 'collector' },
)
