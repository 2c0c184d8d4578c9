import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, type StrictServer, startServer } from '../../test/strictServer.ts'
import { type Checkpoints, exportLogs } from './exportLogs.ts'
import { ssmCheckpoints } from './ssmCheckpoints.ts'

interface Task {
  taskId: string
  taskName: string
  logGroupName: string
  from: number
  to: number
  destinationPrefix: string
  status: { code: string }
  polls: number
}

/** CloudWatch Logs' export contract: one task at a time for the account, states that take a while, names that are not unique. */
const startLogs = async (groups: string[]) => {
  const state = {
    tasks: [] as Task[],
    pollsUntilDone: 2,
    failNext: 0,
    foreignTask: 0,
    creations: 0,
    /** When a group was created, where that matters. */
    created: {} as Record<string, string>,
  }
  const creationTime = (name: string): number => Date.parse(state.created[name] ?? '2026-01-01')
  const server = await startServer(({ headers, body }): Answer => {
    const target = String(headers['x-amz-target']).split('.')[1]
    const input = JSON.parse(body)
    if (target === 'DescribeLogGroups') {
      const found = groups.filter((name) => name.startsWith(input.logGroupNamePrefix)).sort()
      const start = Number(input.nextToken ?? 0)
      const more = start + 1 < found.length ? { nextToken: String(start + 1) } : {}
      return {
        status: 200,
        body: {
          logGroups: found
            .slice(start, start + 1)
            .map((logGroupName) => ({ logGroupName, creationTime: creationTime(logGroupName) })),
          ...more,
        },
      }
    }
    if (target === 'DescribeExportTasks') {
      for (const task of state.tasks) {
        if (task.status.code !== 'RUNNING' && task.status.code !== 'PENDING') continue
        task.polls += 1
        task.status.code =
          task.polls >= state.pollsUntilDone ? (state.failNext-- > 0 ? 'FAILED' : 'COMPLETED') : 'RUNNING'
      }
      return { status: 200, body: { exportTasks: state.tasks } }
    }
    if (target === 'CreateExportTask') {
      // `to`: "You must specify a time that is not earlier than when this log group was created."
      if (input.to <= input.from || input.to < creationTime(input.logGroupName)) {
        return { status: 400, body: { __type: 'InvalidParameterException', message: 'Specified time range' } }
      }
      if (
        state.foreignTask-- > 0 ||
        state.tasks.some(({ status }) => ['RUNNING', 'PENDING'].includes(status.code))
      ) {
        return {
          status: 400,
          body: { __type: 'LimitExceededException', message: 'Resource limit exceeded.' },
        }
      }
      state.creations += 1
      state.tasks.push({ ...input, taskId: `t${state.creations}`, status: { code: 'PENDING' }, polls: 0 })
      return { status: 200, body: { taskId: `t${state.creations}` } }
    }
    return { status: 400, body: { __type: 'UnknownOperationException' } }
  })
  return { server, state }
}

const memory = (): Checkpoints & { values: Map<string, number> } => {
  const values = new Map<string, number>()
  return {
    values,
    read: async (group) => values.get(group),
    write: async (group, until) => {
      values.set(group, until)
    },
  }
}

const client = (url: string) =>
  new CloudWatchLogsClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  })

let logs: Awaited<ReturnType<typeof startLogs>>
beforeEach(async () => {
  logs = await startLogs(['/observe/a', '/observe/b', '/other'])
})
afterEach(() => logs.server.close())

const run = (checkpoints: Checkpoints, over: Partial<Parameters<typeof exportLogs>[0]> = {}) =>
  exportLogs({
    logs: client(logs.server.url),
    checkpoints,
    prefixes: ['/observe/'],
    bucket: 'archive',
    now: Date.parse('2026-11-21T02:15:00Z'),
    firstDays: 2,
    sleep: async () => {},
    remainingMs: () => 900_000,
    ...over,
  })

const days = () =>
  logs.state.tasks
    .filter(({ status }) => status.code === 'COMPLETED')
    .map((task) => `${task.logGroupName} ${new Date(task.from).toISOString().slice(0, 10)}`)

describe('exportLogs', () => {
  it('exports each full day of each group once, and nothing the second time', async () => {
    const checkpoints = memory()
    const report = await run(checkpoints)
    expect(days()).toEqual([
      '/observe/a 2026-11-19',
      '/observe/a 2026-11-20',
      '/observe/b 2026-11-19',
      '/observe/b 2026-11-20',
    ])
    expect(report.unfinished).toEqual([])
    const [task] = logs.state.tasks
    expect(task).toMatchObject({
      from: Date.parse('2026-11-19'),
      to: Date.parse('2026-11-20') - 1,
      destinationPrefix: 'logs/observe/a/2026-11-19',
    })
    await run(checkpoints)
    expect(logs.state.creations).toBe(4)
  })

  it('takes the days that a missed week left, in order', async () => {
    const checkpoints = memory()
    checkpoints.values.set('/observe/a', Date.parse('2026-11-16'))
    checkpoints.values.set('/observe/b', Date.parse('2026-11-21'))
    await run(checkpoints)
    expect(days().map((day) => day.slice(-2))).toEqual(['16', '17', '18', '19', '20'])
  })

  it('does not export a day twice when a run died before its checkpoint', async () => {
    const dying: Checkpoints = {
      read: async () => undefined,
      write: async () => {
        throw new Error('the function was killed')
      },
    }
    await expect(run(dying)).rejects.toThrow('killed')
    expect(logs.state.creations).toBe(2)
    await run(memory())
    expect(new Set(days()).size).toBe(days().length)
    expect(days()).toHaveLength(4)
  })

  it('finds a task that was still running when the last run ended', async () => {
    logs.state.pollsUntilDone = 4
    let time = 65_000
    const first = await run(memory(), {
      remainingMs: () => time,
      sleep: async () => {
        time -= 5_000
      },
    })
    expect(first).toEqual({ exported: [], unfinished: ['/observe/a', '/observe/b'] })
    await run(memory())
    expect(days()).toHaveLength(4)
    expect(new Set(days()).size).toBe(4)
  })

  it('waits for the one task that an account may run', async () => {
    logs.state.foreignTask = 3
    await run(memory())
    expect(days()).toHaveLength(4)
  })

  it("does not take another deployment's export of the same group, to another bucket, for its own", async () => {
    await run(memory(), { bucket: 'archive-of-dev' })
    await run(memory())
    expect(logs.state.creations).toBe(8)
  })

  it('tries a day again whose task failed', async () => {
    logs.state.failNext = 1
    await run(memory())
    expect(days()).toHaveLength(4)
    expect(logs.state.creations).toBe(5)
  })

  it('begins with the day on which a group was created, as CloudWatch refuses what lies before', async () => {
    logs.state.created = { '/observe/a': '2026-11-20T17:00:00Z', '/observe/b': '2026-11-21T01:00:00Z' }
    await run(memory())
    expect(days()).toEqual(['/observe/a 2026-11-20'])
  })

  it('begins there too when a group was deleted and made again after its checkpoint', async () => {
    logs.state.created = { '/observe/a': '2026-11-20T17:00:00Z' }
    const checkpoints = memory()
    checkpoints.values.set('/observe/a', Date.parse('2026-11-10'))
    await run(checkpoints, { prefixes: ['/observe/a'] })
    expect(days()).toEqual(['/observe/a 2026-11-20'])
  })

  it('exports the other groups when one cannot be, and then says which and why', async () => {
    const checkpoints = memory()
    const read = async (group: string) => {
      if (group === '/observe/a') throw new Error('no such parameter store')
      return checkpoints.read(group)
    }
    await expect(run({ ...checkpoints, read })).rejects.toThrow('/observe/a: Error: no such parameter store')
    expect(days()).toEqual(['/observe/b 2026-11-19', '/observe/b 2026-11-20'])
  })

  it('leaves the last hour of yesterday until late events have come', async () => {
    await run(memory(), { now: Date.parse('2026-11-21T00:30:00Z') })
    expect(days().map((day) => day.slice(-2))).toEqual(['18', '19', '18', '19'])
  })
})

describe('ssmCheckpoints', () => {
  it('keeps a date per group, and says when there is none', async () => {
    const values = new Map<string, string>()
    const ssm: StrictServer = await startServer(({ headers, body }): Answer => {
      const { Name, Value } = JSON.parse(body)
      if (!/^[a-zA-Z0-9_./-]+$/.test(Name)) return { status: 400, body: { __type: 'ValidationException' } }
      if (String(headers['x-amz-target']).endsWith('PutParameter')) {
        values.set(Name, Value)
        return { status: 200 }
      }
      const found = values.get(Name)
      return found
        ? { status: 200, body: { Parameter: { Name, Value: found } } }
        : { status: 400, body: { __type: 'ParameterNotFound' } }
    })
    const checkpoints = ssmCheckpoints(
      new SSMClient({
        endpoint: ssm.url,
        region: 'us-east-1',
        credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      }),
      '/observe/prod/log-export',
    )
    expect(await checkpoints.read('/aws/lambda/a#1')).toBeUndefined()
    await checkpoints.write('/aws/lambda/a#1', Date.parse('2026-11-20'))
    expect(await checkpoints.read('/aws/lambda/a#1')).toBe(Date.parse('2026-11-20'))
    expect([...values]).toEqual([['/observe/prod/log-export/aws/lambda/a_1', '2026-11-20T00:00:00.000Z']])
    ssm.close()
  })
})
