import { logger } from '@acme/observe-lambda'
import { observability } from '@acme/observe-lambda/middy'
import middy from '@middy/core'

const pause = () => new Promise((resolve) => setTimeout(resolve, 1))

export const request = middy(async () => {
  await pause()
  logger.info('handler')
  return { statusCode: 200 }
})
  .use(observability({ service: 'orders' }))
  .use({ before: pause, after: pause })
  .before(() => {
    logger.info('before')
  })
