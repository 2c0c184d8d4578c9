import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../test/emulator/start.ts'
import { setRetention } from './setRetention.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator?.stop())

it('sets the retention of the groups it is given, on the emulator, and of no other', async () => {
  for (const name of ['/observe/prod/a', '/observe/prod/b', '/aws/lambda/observe-x', '/aws/lambda/theirs']) {
    await emulator.aws('logs', 'create-log-group', '--log-group-name', name)
  }
  await emulator.aws(
    'logs',
    'put-retention-policy',
    '--log-group-name',
    '/observe/prod/b',
    '--retention-in-days',
    '90',
  )
  const logs = new CloudWatchLogsClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const prefixes = ['/observe/', '/aws/lambda/observe-']
  expect(await setRetention(logs, prefixes, 90)).toEqual(['/observe/prod/a', '/aws/lambda/observe-x'])
  expect(await setRetention(logs, prefixes, 90)).toEqual([])
  const { logGroups } = JSON.parse(await emulator.aws('logs', 'describe-log-groups'))
  const retention = Object.fromEntries(
    logGroups.map((group: { logGroupName: string; retentionInDays?: number }) => [
      group.logGroupName,
      group.retentionInDays,
    ]),
  )
  expect(retention).toEqual({
    '/aws/lambda/observe-x': 90,
    '/aws/lambda/theirs': undefined,
    '/observe/prod/a': 90,
    '/observe/prod/b': 90,
  })
})
