import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../shared/log.ts'
import { setting } from '../shared/properties.ts'
import { type SignedFetch, signedFetch } from '../shared/signedFetch.ts'
import { forward } from './forward.ts'

/** t3.small.search takes bodies up to 10 MiB; smaller ones keep its one core responsive. */
const MAX_BYTES = 4 * 1024 * 1024
let send: SignedFetch | undefined

/** Receives a CloudWatch Logs subscription and indexes its events. Throws to be tried again. */
export const handler = async (event: { awslogs: { data: string } }): Promise<void> => {
  send ??= signedFetch(setting('OPENSEARCH_URL'), 'es', setting('AWS_REGION'))
  const report = await forward(event.awslogs.data, send, {
    indexPrefix: setting('INDEX_PREFIX'),
    ownLogGroup: setting('AWS_LAMBDA_LOG_GROUP_NAME'),
    limits: {
      maxBytes: MAX_BYTES,
      attempts: 5,
      wait: async (attempt) => {
        await sleep(250 * 2 ** attempt * (0.5 + Math.random()))
      },
    },
  })
  if (report.rejected.length > 0) {
    log('warn', 'log events refused', { count: report.rejected.length, first: report.rejected.slice(0, 3) })
  }
}
