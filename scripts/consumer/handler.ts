import { logger, metrics, withObservability } from '@acme/observe-lambda'
import type { APIGatewayProxyHandlerV2 } from 'aws-lambda'

export const handler: APIGatewayProxyHandlerV2 = withObservability(
  async (event: { headers: Record<string, string | undefined> }) => {
    logger.info({ headerCount: Object.keys(event.headers).length }, 'order placed')
    metrics.count('OrdersPlaced')
    return { statusCode: 201 }
  },
  { service: 'orders' },
)
