import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { log } from '../shared/log.ts'
import { setting } from '../shared/properties.ts'
import { setRetention } from './setRetention.ts'

/** Runs daily, so that a log group made today by a new function does not keep its lines for ever. */
export const handler = async (): Promise<void> => {
  const prefixes = setting('LOG_GROUP_PREFIXES').split(',')
  const changed = await setRetention(
    new CloudWatchLogsClient({}),
    prefixes,
    Number(setting('RETENTION_DAYS')),
  )
  log('info', 'log retention', { changed })
}
