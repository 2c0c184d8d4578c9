import { setTimeout as sleep } from 'node:timers/promises'
import { logger, withObservability } from '@acme/observe-lambda'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { json } from '../json.ts'

const WAIT_MS = 1_200

/** `GET /api/slow`: a report that takes its time. */
export const handler = withObservability(
  async (): Promise<APIGatewayProxyStructuredResultV2> => {
    await sleep(WAIT_MS)
    logger.warn({ waitedMs: WAIT_MS }, 'the stock report was slow')
    return json(200, { waitedMs: WAIT_MS })
  },
  { service: 'stock-report' },
)
