import {
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs'

const DAY_MS = 86_400_000

/** Remembers up to where each log group has been exported. */
export interface Checkpoints {
  read(logGroup: string): Promise<number | undefined>
  write(logGroup: string, exportedUntil: number): Promise<void>
}

/** What one export run needs. */
export interface ExportRun {
  logs: CloudWatchLogsClient
  checkpoints: Checkpoints
  prefixes: readonly string[]
  bucket: string
  now: number
  /** How far back a group without a checkpoint is exported, in days. */
  firstDays: number
  /** Waits between questions to CloudWatch, which runs one export task per account at a time. */
  sleep(ms: number): Promise<void>
  remainingMs(): number
}

/** What one run did. `unfinished` groups are taken up by the next run, from their checkpoint. */
export interface ExportReport {
  exported: { logGroup: string; day: string }[]
  unfinished: string[]
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
const startOfDay = (time: number): number => time - (time % DAY_MS)
/** A task's name tells group and day, so a run that died after creating it finds it again instead of exporting twice. */
const taskName = (logGroup: string, day: string): string => `observe${logGroup}/${day}`.slice(0, 512)
const RESERVE_MS = 60_000

/** Name and time of creation of every group. */
const allGroups = async ({ logs, prefixes }: ExportRun): Promise<[string, number][]> => {
  const groups = new Map<string, number>()
  for (const logGroupNamePrefix of prefixes) {
    let nextToken: string | undefined
    do {
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken }))
      for (const { logGroupName, creationTime = 0 } of page.logGroups ?? [])
        if (logGroupName) groups.set(logGroupName, creationTime)
      nextToken = page.nextToken
    } while (nextToken)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

type TaskState = 'COMPLETED' | 'RUNNING' | 'FAILED'

const stateOf = (code: string | undefined): TaskState =>
  code === 'COMPLETED'
    ? 'COMPLETED'
    : code === 'RUNNING' || code?.startsWith('PENDING')
      ? 'RUNNING'
      : 'FAILED'

const findTask = async ({ logs, bucket }: ExportRun, name: string): Promise<TaskState | undefined> => {
  let nextToken: string | undefined
  do {
    const page = await logs.send(new DescribeExportTasksCommand({ nextToken }))
    const states = (page.exportTasks ?? [])
      // Another deployment of the account may export the same group, to its own bucket.
      .filter((task) => task.taskName === name && task.destination === bucket)
      .map((task) => stateOf(task.status?.code))
    const alive = states.find((state) => state !== 'FAILED')
    if (alive) return alive
    nextToken = page.nextToken
  } while (nextToken)
  return undefined
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'LimitExceededException' || error.name === 'ThrottlingException')

/** Exports one day of one group and waits for it. Returns false when the time ran out before it was done. */
const exportDay = async (run: ExportRun, logGroupName: string, from: number): Promise<boolean> => {
  const name = taskName(logGroupName, dayOf(from))
  while (run.remainingMs() > RESERVE_MS) {
    const state = await findTask(run, name)
    if (state === 'COMPLETED') return true
    if (state === undefined) {
      try {
        await run.logs.send(
          new CreateExportTaskCommand({
            taskName: name,
            logGroupName,
            from,
            to: from + DAY_MS - 1,
            destination: run.bucket,
            destinationPrefix: `logs${logGroupName}/${dayOf(from)}`,
          }),
        )
      } catch (error) {
        if (!isBusy(error)) throw error
      }
    }
    await run.sleep(5_000)
  }
  return false
}

/** Exports what is due of one group and adds it to the report. */
const exportGroup = async (
  run: ExportRun,
  logGroup: string,
  created: number,
  report: ExportReport,
): Promise<void> => {
  const until = startOfDay(run.now - 3_600_000)
  const exported = (await run.checkpoints.read(logGroup)) ?? until - run.firstDays * DAY_MS
  // CloudWatch refuses a range that ends before the group was created.
  let from = Math.max(exported, startOfDay(created))
  while (from < until) {
    if (!(await exportDay(run, logGroup, from))) {
      report.unfinished.push(logGroup)
      return
    }
    from += DAY_MS
    await run.checkpoints.write(logGroup, from)
    report.exported.push({ logGroup, day: dayOf(from - DAY_MS) })
  }
}

/**
 * Exports every full day up to yesterday of every group, one day after the other. The checkpoint moves only when
 * CloudWatch says the day's task is complete, and a task's name finds it again, so a run that dies anywhere neither
 * loses nor repeats a day. Days end at 00:00 UTC; a day is exported an hour after its end, for events that came late.
 *
 * @throws Error that names each group that could not be exported and why, after all others have been.
 */
export const exportLogs = async (run: ExportRun): Promise<ExportReport> => {
  const report: ExportReport = { exported: [], unfinished: [] }
  const failures: string[] = []
  for (const [logGroup, created] of await allGroups(run)) {
    try {
      await exportGroup(run, logGroup, created, report)
    } catch (error) {
      failures.push(`${logGroup}: ${String(error)}`)
    }
  }
  if (failures.length > 0) throw new Error(`log groups not exported: ${failures.join('; ')}`)
  return report
}
