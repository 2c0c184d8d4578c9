import { randomUUID } from 'node:crypto'
import { DEFAULT_MAX_CONCURRENCY, type FunctionDefinition } from './functionDefinition.ts'
import type { OnLogLine } from './logLine.ts'
import type { InvocationOutcome } from './runtimeApi.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { newTraceHeader } from './traceHeader.ts'

/** How a function that is down looks to its callers: an answer with status 503, or no answer at all. */
export type Outage = 'unavailable' | 'unreachable'

/** A function as its callers see it. */
export interface LambdaFunction {
  definition: FunctionDefinition
  /** Set while the function is stopped. */
  outage: Outage | undefined
  /** Runs the handler; every failure is part of the outcome. */
  invoke(event: unknown): Promise<Invoked>
  /** Ends its sandboxes. HTTP requests to it then fail until {@link LambdaFunction.start}. */
  stop(outage?: Outage): Promise<void>
  start(): void
}

export interface Invoked {
  requestId: string
  outcome: InvocationOutcome
}

/** Requests that wait for a sandbox; beyond it Lambda would throttle too. */
const MAX_QUEUED = 500

export const createLambdaFunction = (options: {
  definition: FunctionDefinition
  taskRoot: string
  bootstrap: string
  onLogLine: OnLogLine
}): LambdaFunction => {
  const { definition } = options
  const maxSandboxes = definition.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY
  const idle: Sandbox[] = []
  const all = new Set<Sandbox>()
  const queue: ((sandbox: Promise<Sandbox> | undefined) => void)[] = []
  let starting = 0

  const start = async (): Promise<Sandbox> => {
    starting += 1
    try {
      const sandbox = await startSandbox(options)
      all.add(sandbox)
      return sandbox
    } finally {
      starting -= 1
    }
  }

  const acquire = async (): Promise<Sandbox | undefined> => {
    if (self.outage) return undefined
    for (let warm = idle.pop(); warm; warm = idle.pop()) if (warm.alive) return warm
    for (const sandbox of all) if (!sandbox.alive) all.delete(sandbox)
    if (all.size + starting < maxSandboxes) return start()
    if (queue.length >= MAX_QUEUED) return undefined
    return new Promise((resolve) => queue.push(resolve))
  }

  const release = (sandbox: Sandbox) => {
    const waiting = queue.shift()
    if (!sandbox.alive) all.delete(sandbox)
    if (waiting) waiting(sandbox.alive ? Promise.resolve(sandbox) : start())
    else if (sandbox.alive) idle.push(sandbox)
  }

  const self: LambdaFunction = {
    definition,
    outage: undefined,
    async invoke(event) {
      const requestId = randomUUID()
      const sandbox = await acquire()
      if (!sandbox) return { requestId, outcome: throttled }
      try {
        const traceHeader = newTraceHeader(Date.now())
        const outcome = await sandbox.invoke({ requestId, payload: JSON.stringify(event), traceHeader })
        return { requestId, outcome }
      } finally {
        release(sandbox)
      }
    },
    async stop(outage = 'unavailable') {
      self.outage = outage
      idle.length = 0
      for (const refuse of queue.splice(0)) refuse(undefined)
      await Promise.all([...all].map((sandbox) => sandbox.stop()))
      all.clear()
    },
    start() {
      self.outage = undefined
    },
  }
  return self
}

const throttled: InvocationOutcome = {
  ok: false,
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
}
