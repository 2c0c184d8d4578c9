import { logger, withObservability } from '@acme/observe-lambda'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** `GET /api/failing`: a price service that is always down. */
export const handler = withObservability(
  async (): Promise<APIGatewayProxyStructuredResultV2> => {
    logger.info('asking the price service')
    throw new Error('The price service did not answer', { cause: new Error('connect ECONNREFUSED') })
  },
  { service: 'prices' },
)
