import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { FunctionDefinition } from './functionDefinition.ts'
import type { OnLogLine } from './logLine.ts'
import { platformLine } from './platformLine.ts'
import { type FunctionError, type Invocation, type InvocationOutcome, startRuntimeApi } from './runtimeApi.ts'
import { sandboxEnvironment } from './sandboxEnvironment.ts'
import { splitLines } from './splitLines.ts'

/** One execution environment: a process that serves one request at a time. */
export interface Sandbox {
  /** False once its process has ended or was told to. */
  alive: boolean
  invoke(invocation: Omit<Invocation, 'deadlineMs'>): Promise<InvocationOutcome>
  /** Ends the process; what it runs fails. */
  stop(): Promise<void>
}

export interface SandboxOptions {
  definition: FunctionDefinition
  taskRoot: string
  /** Module that runs the handler against the Runtime API. `aws-lambda-ric` can stand here. */
  bootstrap: string
  onLogLine: OnLogLine
}

/** Lambda's limit for the code outside the handler. */
const INIT_TIMEOUT_MS = 10_000

const SANDBOX_LOST = /^(Sandbox|Runtime)\./

export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { definition, taskRoot, bootstrap, onLogLine } = options
  const api = await startRuntimeApi(definition.name)
  const logStreamName = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${hex(32)}`
  const log = (source: 'stdout' | 'stderr' | 'platform', line: string) =>
    onLogLine({ functionName: definition.name, logStreamName, source, at: Date.now(), line })
  const platform = (...[type, record]: [Parameters<typeof platformLine>[0], Record<string, unknown>]) =>
    log('platform', platformLine(type, record, Date.now()))

  const initStartedAt = performance.now()
  platform('initStart', { initializationType: 'on-demand', phase: 'init', functionName: definition.name })
  const child = spawn(process.execPath, [bootstrap], {
    cwd: taskRoot,
    // The sandbox ends itself when stdin closes: it cannot outlive this process, however that dies.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: sandboxEnvironment({ definition, runtimeApi: api.address, logStreamName, taskRoot }),
  })
  child.stdin.on('error', () => {})
  splitLines(child.stdout, (line) => log('stdout', line))
  splitLines(child.stderr, (line) => log('stderr', line))
  const exited = exitOf(child)

  const sandbox: Sandbox = { alive: true, invoke, stop }
  exited.then(() => {
    sandbox.alive = false
    return api.close()
  }, ignore)
  let initReported = false

  async function stop(): Promise<void> {
    sandbox.alive = false
    child.kill('SIGKILL')
    await exited
    await api.close()
  }

  async function initialised(): Promise<FunctionError | undefined> {
    const failure = await Promise.race([
      api.init,
      exited.then((reason) => exitError('Runtime.ExitError', reason)),
      after(INIT_TIMEOUT_MS).then(() => ({
        errorType: 'Sandbox.Timedout',
        errorMessage: `The init phase took longer than ${INIT_TIMEOUT_MS / 1000} seconds`,
      })),
    ])
    if (!initReported) {
      initReported = true
      const durationMs = round(performance.now() - initStartedAt)
      platform('initReport', {
        initializationType: 'on-demand',
        phase: 'init',
        status: failure ? 'error' : 'success',
        ...(failure && { errorType: failure.errorType }),
        metrics: { durationMs },
      })
    }
    return failure
  }

  async function invoke(invocation: Omit<Invocation, 'deadlineMs'>): Promise<InvocationOutcome> {
    const { requestId } = invocation
    const initFailure = await initialised()
    const startedAt = performance.now()
    platform('start', { requestId, version: '$LATEST' })
    const outcome = initFailure ? { ok: false as const, error: initFailure } : await run(invocation)
    const durationMs = round(performance.now() - startedAt)
    platform('report', {
      requestId,
      status: outcome.ok ? 'success' : outcome.error.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error',
      ...(!outcome.ok && { errorType: outcome.error.errorType }),
      metrics: { durationMs, billedDurationMs: Math.ceil(durationMs) },
    })
    // Lambda throws the environment away after a timeout, a failed init and a process that ended.
    if (initFailure || (!outcome.ok && SANDBOX_LOST.test(outcome.error.errorType))) await stop()
    return outcome
  }

  async function run(invocation: Omit<Invocation, 'deadlineMs'>): Promise<InvocationOutcome> {
    const timeoutMs = definition.timeoutSeconds * 1000
    const timer = new AbortController()
    const outcome = await Promise.race([
      api.dispatch({ ...invocation, deadlineMs: Date.now() + timeoutMs }),
      exited.then((reason) => failed(exitError('Runtime.ExitError', reason))),
      after(timeoutMs, timer.signal).then(() =>
        failed({
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`,
        }),
      ),
    ])
    timer.abort()
    return outcome
  }

  return sandbox
}

const failed = (error: FunctionError): InvocationOutcome => ({ ok: false, error })

const exitError = (errorType: string, reason: string): FunctionError => ({
  errorType,
  errorMessage: `Runtime exited ${reason}`,
})

const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`with error: ${error.message}`))
    // `close`, not `exit`: the pipes are drained by then, so no last words are lost.
    child.once('close', (code, signal) =>
      resolve(
        signal
          ? `with signal ${signal}`
          : code === 0
            ? 'without providing a reason'
            : `with exit status ${code}`,
      ),
    )
  })

const after = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    signal?.addEventListener('abort', () => clearTimeout(timer))
  })

const round = (ms: number): number => Math.round(ms * 100) / 100
const hex = (digits: number): string => randomUUID().replaceAll('-', '').slice(0, digits)
const ignore = () => {}
