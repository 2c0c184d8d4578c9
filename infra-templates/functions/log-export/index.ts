import { setTimeout as sleep } from 'node:timers/promises'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { log } from '../shared/log.ts'
import { setting } from '../shared/properties.ts'
import { type ExportReport, exportLogs } from './exportLogs.ts'
import { ssmCheckpoints } from './ssmCheckpoints.ts'

/** Runs daily. What it could not finish in its fifteen minutes the next run continues. */
export const handler = async (
  _event: unknown,
  context: { getRemainingTimeInMillis(): number },
): Promise<ExportReport> => {
  const report = await exportLogs({
    logs: new CloudWatchLogsClient({}),
    checkpoints: ssmCheckpoints(new SSMClient({}), setting('CHECKPOINT_PATH')),
    prefixes: setting('LOG_GROUP_PREFIXES').split(','),
    bucket: setting('ARCHIVE_BUCKET'),
    now: Date.now(),
    firstDays: 7,
    sleep: async (ms) => {
      await sleep(ms)
    },
    remainingMs: () => context.getRemainingTimeInMillis(),
  })
  log('info', 'log export', { ...report })
  return report
}
