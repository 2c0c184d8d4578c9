import { logger, withObservability } from '@acme/observe-lambda'

export const handler = withObservability(async () => {
  logger.info({ orderId: 17 }, 'order placed')
  return { statusCode: 201 }
})
