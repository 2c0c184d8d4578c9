import { createMetricsLogger, Unit } from 'aws-embedded-metrics'
import pino from 'pino'

const logger = pino({ base: null }, pino.destination({ dest: 1, sync: true }))

export const handler = async (event, context) => {
  const start = Date.now()
  const metrics = createMetricsLogger()
  metrics.setNamespace('Bench')
  metrics.setDimensions({ FunctionName: context.functionName })
  const log = logger.child({
    requestId: context.awsRequestId,
    sessionId: event.headers['x-observe-session-id'],
  })
  try {
    log.info({ orderId: 17 }, 'order placed')
    return { statusCode: 201 }
  } finally {
    metrics.putMetric('Invocations', 1, Unit.Count)
    metrics.putMetric('Duration', Date.now() - start, Unit.Milliseconds)
    metrics.putMetric('ColdStart', 0, Unit.Count)
    await metrics.flush()
  }
}
