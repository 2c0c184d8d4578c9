import middy from '@middy/core'
import pino from 'pino'
import { lambdaRequestTracker, pinoLambdaDestination, StructuredLogFormatter } from 'pino-lambda'

const destination = pinoLambdaDestination({ formatter: new StructuredLogFormatter() })
const logger = pino({}, destination)
const track = lambdaRequestTracker()

export const handler = middy(async () => {
  logger.info({ orderId: 17 }, 'order placed')
  return { statusCode: 201 }
}).before(({ event, context }) => {
  track(event, context)
})
