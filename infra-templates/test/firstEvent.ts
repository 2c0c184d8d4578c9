import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Emulator } from './emulator/start.ts'
import { infraRoot } from './root.ts'
import { type ReceivedRequest, type StrictServer, startServer } from './strictServer.ts'

/** The collector and Umami as the README's first event meets them. */
export interface FirstEventServer extends StrictServer {
  /** A shell function that sends what goes to the deployed addresses here. */
  curl: string
}

interface Line {
  _aws?: {
    CloudWatchMetrics: {
      Namespace: string
      Dimensions: string[][]
      Metrics: { Name: string; Unit: string }[]
    }[]
  }
  [field: string]: unknown
}

/** What CloudWatch makes of a line that a function prints: a log event, and the metrics that it describes. */
const ingest = async (emulator: Emulator, logGroup: string, line: string): Promise<void> => {
  const stream = `s${Date.now()}-${Math.random()}`
  await emulator.aws('logs', 'create-log-stream', '--log-group-name', logGroup, '--log-stream-name', stream)
  const events = JSON.stringify([{ timestamp: Date.now(), message: line }])
  await emulator.aws(
    'logs',
    'put-log-events',
    '--log-group-name',
    logGroup,
    '--log-stream-name',
    stream,
    '--log-events',
    events,
  )
  const document = JSON.parse(line) as Line
  for (const { Namespace, Dimensions, Metrics } of document._aws?.CloudWatchMetrics ?? []) {
    const data = Dimensions.flatMap((set) =>
      Metrics.map(({ Name, Unit }) => ({
        MetricName: Name,
        Unit,
        Value: document[Name],
        Dimensions: set.map((name) => ({ Name: name, Value: String(document[name]) })),
      })),
    )
    const given = JSON.stringify(data)
    await emulator.aws('cloudwatch', 'put-metric-data', '--namespace', Namespace, '--metric-data', given)
  }
}

const run = promisify(execFile)

/** One invocation in a process of its own, as in Lambda: the answer comes on standard error, the lines on standard output. */
const INVOKE = `const [bundle, event] = process.argv.slice(1)
const { handler } = await import(bundle)
const context = { awsRequestId: 'r', functionName: 'collector', getRemainingTimeInMillis: () => 3000 }
process.stderr.write(JSON.stringify(await handler(JSON.parse(event), context)))`

const invokeCollector = async (
  { method, path, headers, body }: ReceivedRequest,
  environment: Record<string, string>,
): Promise<{ status: number; body: string; lines: string[] }> => {
  const event = {
    version: '2.0',
    rawPath: path,
    headers,
    requestContext: { http: { method, path }, requestId: 'r' },
    body,
    isBase64Encoded: false,
  }
  const bundle = `file://${infraRoot}build/functions/collector/index.mjs`
  const { stdout, stderr } = await run(
    process.execPath,
    ['--input-type=module', '-e', INVOKE, bundle, JSON.stringify(event)],
    { env: { ...process.env, ...environment } },
  )
  const answer = JSON.parse(stderr) as { statusCode: number; body: string }
  return { status: answer.statusCode, body: answer.body, lines: stdout.split('\n').filter(Boolean) }
}

/**
 * The packaged collector function behind an address, its lines going to the emulator's CloudWatch, and beside it Umami's
 * `/api/send`: it takes no page view from a program that does not say it is a browser, and none of a site it has not.
 */
export const startFirstEvent = async (
  emulator: Emulator,
  given: { environment: Record<string, string>; logGroup: string; websiteId: string },
): Promise<FirstEventServer> => {
  const { environment, logGroup, websiteId } = given
  const server = await startServer(async (request) => {
    if (request.path === '/v1/events') {
      const { lines, ...answer } = await invokeCollector(request, environment)
      for (const line of lines) await ingest(emulator, logGroup, line)
      return answer
    }
    if (request.path !== '/api/send') return { status: 404 }
    const { type, payload } = JSON.parse(request.body) as { type: string; payload: Record<string, unknown> }
    if (!/Gecko|AppleWebKit/.test(request.headers['user-agent'] ?? ''))
      return { status: 200, body: { beep: 'boop' } }
    const isComplete = ['hostname', 'language', 'screen', 'url'].every((key) => payload[key])
    return type === 'event' && payload.website === websiteId && isComplete
      ? { status: 200, body: { cache: 'token', sessionId: 's', visitId: 'v' } }
      : { status: 400, body: { error: 'Website not found.' } }
  })
  const curl = `curl() {
  local given=("$@") at
  for at in "\${!given[@]}"; do
    case "\${given[$at]}" in https://*/v1/events|https://*/api/send)
      given[$at]="${server.url}/$(cut -d/ -f4- <<< "\${given[$at]}")" ;;
    esac
  done
  command curl "\${given[@]}"
}`
  return Object.assign(server, { curl })
}
