import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'

/**
 * Gives every log group whose name starts with one of `prefixes` the retention, and leaves those that have it alone.
 * Returns the names it changed.
 */
export const setRetention = async (
  logs: CloudWatchLogsClient,
  prefixes: readonly string[],
  retentionInDays: number,
): Promise<string[]> => {
  const changed: string[] = []
  for (const logGroupNamePrefix of prefixes) {
    let nextToken: string | undefined
    do {
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken }))
      for (const { logGroupName, retentionInDays: current } of page.logGroups ?? []) {
        if (!logGroupName || current === retentionInDays) continue
        await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
        changed.push(logGroupName)
      }
      nextToken = page.nextToken
    } while (nextToken)
  }
  return changed
}
