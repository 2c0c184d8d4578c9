import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startRuntimeApi } from './runtimeApi.mjs'

const require = createRequire(import.meta.url)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
/** AWS's runtime client: of Node 24 and of managed instances, and of Node 20 and 22. */
const CLIENTS = {
  current: require.resolve('aws-lambda-ric'),
  legacy: here('./legacy-client/bootstrap.mjs'),
}
const TASK_ROOT = here('./dist')
const LIMIT_MS = 20_000
/** Longer than any reader sleeps. */
const QUIET_MS = 800

/** Path of the Node binary of a major version. */
export const nodeBinary = (major) =>
  join(dirname(require.resolve(`node-${major}/package.json`)), 'bin', 'node')

/** An X-Ray header whose root names the invocation. */
export const traceOf = (index) => `Root=1-5759e988-${String(index).padStart(24, '0')};Sampled=1`

/**
 * Runs invocations in AWS's runtime client as Lambda would, and gives what it printed and how each ended. One that `dies` ends
 * its process itself. With a `reader`, a shell command, what is printed goes through a pipe as Lambda's does; Node's own is a socket.
 */
export const runSandbox = async ({
  node,
  client = 'current',
  handler,
  invocations,
  dies = false,
  reader,
  format = 'JSON',
  env = {},
}) => {
  const results = new Map()
  const done = Promise.withResolvers?.() ?? withResolvers()
  const api = await startRuntimeApi(
    invocations.map((invocation, index) => ({ id: `r-${index}`, trace: traceOf(index), ...invocation })),
    (result, left) => {
      results.set(result.id, result)
      if (left === 0) done.resolve()
    },
  )
  const command = [nodeBinary(node), CLIENTS[client]]
  const child = spawn(
    ...(reader ? ['sh', ['-c', `"$0" "$1" | (${reader})`, ...command]] : [command[0], command.slice(1)]),
    {
      // A group of its own, to be ended as a whole.
      detached: true,
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: api.address,
        _HANDLER: handler.includes('.') ? handler : `handlers.${handler}`,
        LAMBDA_TASK_ROOT: TASK_ROOT,
        AWS_LAMBDA_FUNCTION_NAME: 'orders',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
        AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
        AWS_LAMBDA_LOG_FORMAT: format,
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let stdout = ''
  let stderr = ''
  let heardAt = Date.now()
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    heardAt = Date.now()
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended itself.
    }
  }
  const exited = new Promise((resolve) => child.once('close', resolve))
  const timer = setTimeout(() => {
    done.reject(new Error('the sandbox did not answer in time'))
    end()
  }, LIMIT_MS)
  try {
    await (dies ? exited : Promise.race([done.promise, exited]))
    // The reader has what is left in the pipe still to read.
    while (reader && Date.now() - heardAt < QUIET_MS) await pause(50)
  } finally {
    clearTimeout(timer)
    end()
    await exited
    await api.close()
  }
  return { results, stdout, stderr, lines: stdout.split('\n').filter(Boolean) }
}

const withResolvers = () => {
  const deferred = {}
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }))
  return deferred
}
