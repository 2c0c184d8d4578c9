/** A Lambda function of the shop, as its deployment describes it. */
export interface FunctionDefinition {
  name: string
  /** Module that exports `handler`, relative to this file. */
  entry: string
  /** Route keys of the HTTP API, payload format 2.0. */
  routes: readonly string[]
  timeoutSeconds: number
  environment: Readonly<Record<string, string>>
  /** Most requests served at the same time. */
  maxConcurrency?: number
}

const environment = { OBSERVE_ENVIRONMENT: 'production' }

/** Everything the shop deploys. */
export const functions: readonly FunctionDefinition[] = [
  {
    name: 'shop-products',
    entry: './products/handler.ts',
    routes: ['GET /api/products', 'GET /api/products/{slug}'],
    timeoutSeconds: 5,
    environment,
  },
  {
    name: 'shop-orders',
    entry: './orders/handler.ts',
    routes: ['GET /api/orders', 'POST /api/orders', 'GET /api/orders/{id}'],
    timeoutSeconds: 5,
    environment,
  },
  {
    name: 'shop-slow',
    entry: './slow/handler.ts',
    routes: ['GET /api/slow'],
    timeoutSeconds: 5,
    environment,
  },
  {
    name: 'shop-failing',
    entry: './failing/handler.ts',
    routes: ['GET /api/failing'],
    timeoutSeconds: 5,
    environment,
  },
  {
    name: 'shop-collector',
    entry: './collector/handler.ts',
    routes: ['POST /v1/events', 'OPTIONS /v1/events'],
    timeoutSeconds: 10,
    environment,
    // An instance remembers the batches it took. While there is only one, a batch that is sent again counts once.
    maxConcurrency: 1,
  },
]
