import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type CliArguments, readArguments, USAGE, UsageError } from './cliArguments.ts'
import { PortTaken } from './http/listen.ts'
import { simulateVisits } from './simulate/simulateVisits.ts'
import { type LocalStack, startLocalStack } from './startLocalStack.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SHOP_PORTS_TRIED = 10

const run = async (): Promise<void> => {
  const options = readArguments(process.argv.slice(2), process.env)
  if (options.help) return void process.stdout.write(USAGE)
  const stopping = new AbortController()
  let stack: LocalStack | undefined
  const stop = async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await stack?.close()
    process.stdout.write('\nStopped.\n')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  // Started by another process: its end is the end of this one, however it came.
  process.on('disconnect', () => void stop())
  if (process.connected === false) return stop()

  if (options.build) await step('Building the shop', () => buildShop(stopping.signal))
  stack = await step('Bundling the functions, opening the store', () => startOnFreePort(options))
  if (stopping.signal.aborted) return void (await stack.close())
  process.stdout.write(`\n  Shop     ${stack.shopUrl}\n  Console  ${stack.consoleUrl}\n  Stop     Ctrl-C\n\n`)
  if (options.simulate > 0) await simulate(stack, options, stopping.signal)
}

/** Says what is being done, and how long it took. */
const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
  process.stdout.write(`${title} … `)
  const startedAt = performance.now()
  const result = await work()
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
  return result
}

const buildShop = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const npm = spawn('npm', ['run', 'build', '--silent', '--workspace', '@acme/example-web'], {
      cwd: ROOT,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    })
    let output = ''
    npm.stdout.on('data', (chunk) => {
      output += chunk
    })
    npm.stderr.on('data', (chunk) => {
      output += chunk
    })
    npm.on('error', reject)
    npm.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the shop did not build\n${output}`)),
    )
  })

/** The console's port is a promise; the shop takes the next free one unless it was named. */
const startOnFreePort = async ({ port, shopPort, data }: CliArguments): Promise<LocalStack> => {
  const shared = { port, ...(data !== undefined && { data }) }
  if (shopPort !== undefined || port === 0) return startLocalStack({ ...shared, shopPort: shopPort ?? 0 })
  for (let tried = 1; tried <= SHOP_PORTS_TRIED; tried += 1) {
    try {
      return await startLocalStack({ ...shared, shopPort: port + tried })
    } catch (error) {
      if (!(error instanceof PortTaken) || error.port === port) throw error
    }
  }
  return startLocalStack({ ...shared, shopPort: 0 })
}

const simulate = async (stack: LocalStack, { simulate: visits, seed }: CliArguments, signal: AbortSignal) => {
  process.stdout.write(`Driving ${visits} synthetic visits … `)
  const result = await simulateVisits({ shopUrl: stack.shopUrl, visits, seed, signal })
  if (signal.aborted) return
  process.stdout.write(`${result.visits} done, ${result.requests} requests\n`)
}

run().catch((error: unknown) => {
  if (error instanceof Error && error.name === 'AbortError') return
  const message =
    error instanceof PortTaken
      ? `Port ${error.port} is already in use. Stop what uses it, or choose another: npm run demo -- --port ${error.port + 100}`
      : error instanceof Error
        ? error.message
        : String(error)
  process.stderr.write(`\n${message}\n`)
  process.exit(error instanceof UsageError ? 2 : 1)
})
