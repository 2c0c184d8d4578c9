import { logger, metrics, withObservability } from '@acme/observe-lambda'

export const handler = withObservability(async () => {
  logger.info({ orderId: 17 }, 'order placed')
  metrics.count('OrdersPlaced')
  metrics.count('Items', 3)
  metrics.duration('Payment', 12.5)
  return { statusCode: 201 }
})
