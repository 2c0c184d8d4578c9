import { logger, withObservability } from '@acme/observe-lambda'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { json, problem } from '../json.ts'
import { findProduct, products } from './products.ts'

/** `GET /api/products` and `GET /api/products/{slug}`. */
export const handler = withObservability(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    if (event.routeKey === 'GET /api/products') {
      logger.debug({ products: products.length }, 'products listed')
      return json(200, { products })
    }
    const slug = event.pathParameters?.slug ?? ''
    const product = findProduct(slug)
    if (!product) return problem(404, 'product_not_found', `There is no product '${slug}'.`)
    logger.info({ slug }, 'product shown')
    return json(200, product)
  },
  { service: 'products' },
)
