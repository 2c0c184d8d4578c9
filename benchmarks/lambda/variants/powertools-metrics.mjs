import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'

const logger = new Logger({ serviceName: 'orders' })
const metrics = new Metrics({ namespace: 'Bench', serviceName: 'orders' })

export const handler = async (event, context) => {
  const start = Date.now()
  logger.addContext(context)
  logger.setCorrelationId(event.headers['x-observe-session-id'])
  metrics.captureColdStartMetric()
  try {
    logger.info('order placed', { orderId: 17 })
    metrics.addMetric('OrdersPlaced', MetricUnit.Count, 1)
    metrics.addMetric('Items', MetricUnit.Count, 3)
    metrics.addMetric('Payment', MetricUnit.Milliseconds, 12.5)
    return { statusCode: 201 }
  } finally {
    metrics.addMetric('Invocations', MetricUnit.Count, 1)
    metrics.addMetric('Duration', MetricUnit.Milliseconds, Date.now() - start)
    metrics.publishStoredMetrics()
  }
}
