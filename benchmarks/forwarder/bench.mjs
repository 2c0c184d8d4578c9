/**
 * How many log events the packaged forwarder function indexes per second of one CPU, and whether it loses or doubles one
 * when the domain answers 429, breaks connections or does not answer at all.
 *
 *   npm run bench -- forwarder [--quick]
 */
import { execFileSync, fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../..', import.meta.url))
const results = `${root}benchmarks/results/`
execFileSync('npm', ['run', '--silent', 'infra:package', '-w', '@acme/observe-infra'], {
  cwd: root,
  stdio: 'inherit',
})

const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 3 : 7
const PAYLOADS = quick ? 20 : 60
/** About as many lines of this size as CloudWatch puts into one payload. */
const EVENTS = 1_000
const START = Date.parse('2026-11-20T12:00:00Z')

/** A request line as `withObservability()` writes it: the metric document and the fields of the request. */
const line = (index) =>
  JSON.stringify({
    level: 'INFO',
    timestamp: new Date(START + index).toISOString(),
    message: 'request',
    service: 'orders',
    environment: 'prod',
    requestId: `6bc1b6a2-7f61-4a4e-8a57-${String(index).padStart(12, '0')}`,
    sessionId: '0198f3c2-7c1e-7000-8000-000000000000',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    route: '/orders/{id}',
    method: 'GET',
    status: 200,
    durationMs: 12.5 + (index % 100),
    Invocations: 1,
    Errors: 0,
    ColdStart: 0,
    _aws: {
      Timestamp: START + index,
      CloudWatchMetrics: [
        {
          Namespace: 'Observe/prod',
          Dimensions: [['FunctionName']],
          Metrics: [{ Name: 'Duration', Unit: 'Milliseconds' }, { Name: 'Invocations' }, { Name: 'Errors' }],
        },
      ],
    },
    FunctionName: 'orders',
  })

const payload = (round, number) => ({
  awslogs: {
    data: gzipSync(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: '123456789012',
        logGroup: '/aws/lambda/orders',
        logStream: '2026/11/20/[$LATEST]abc',
        subscriptionFilters: ['observe-prod-log-search'],
        logEvents: Array.from({ length: EVENTS }, (_, index) => ({
          id: `${round}-${number}-${index}`,
          timestamp: START + index,
          message: line(index),
        })),
      }),
    ).toString('base64'),
  },
})

const startServer = (...options) =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('server.mjs', import.meta.url)), options)
    child.once('message', ({ port }) => resolve({ child, url: `http://127.0.0.1:${port}` }))
  })

Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'us-east-1',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/observe-prod-log-forwarder',
  INDEX_PREFIX: 'observe-logs',
})
let loaded = 0
const handlerFor = async (url) => {
  process.env.OPENSEARCH_URL = url
  const bundle = `file://${root}infra-templates/build/functions/log-forwarder/index.mjs?${++loaded}`
  return (await import(bundle)).handler
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** Events indexed per second of CPU time that this process, which holds nothing but the function, used. */
const throughput = async () => {
  const { child, url } = await startServer()
  try {
    const handler = await handlerFor(url)
    const rounds = []
    // The first round warms up and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const payloads = Array.from({ length: PAYLOADS }, (_, number) => payload(round, number))
      const before = process.cpuUsage()
      for (const event of payloads) await handler(event)
      const { user, system } = process.cpuUsage(before)
      if (round > 0) rounds.push((PAYLOADS * EVENTS) / ((user + system) / 1e6))
    }
    return rounds
  } finally {
    child.kill()
  }
}

/** Sends every payload until it is through, as Lambda does with its retries, and counts what is in the index. */
const underFaults = async () => {
  const { child, url } = await startServer('--faults')
  try {
    const handler = await handlerFor(url)
    let invocations = 0
    for (let number = 0; number < PAYLOADS; number += 1) {
      const event = payload('f', number)
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        invocations += 1
        const failed = await handler(event).then(
          () => false,
          () => true,
        )
        if (!failed) break
      }
    }
    const report = await (await fetch(`${url}/report`)).json()
    return { sent: PAYLOADS * EVENTS, invocations, ...report }
  } finally {
    child.kill()
  }
}

const perSecond = await throughput()
const faults = await underFaults()
const result = {
  node: process.version,
  machine: { cpu: cpus()[0].model.trim(), cores: cpus().length },
  eventsPerPayload: EVENTS,
  bytesPerLine: line(0).length,
  eventsPerCpuSecond: {
    median: Math.round(median(perSecond)),
    min: Math.round(Math.min(...perSecond)),
    max: Math.round(Math.max(...perSecond)),
    rounds: ROUNDS,
  },
  underFaults: { ...faults, lost: faults.sent - faults.documents },
}
console.log(JSON.stringify(result, null, 2))
if (!quick) {
  mkdirSync(results, { recursive: true })
  writeFileSync(`${results}forwarder.json`, `${JSON.stringify(result, null, 2)}\n`)
}
if (result.eventsPerCpuSecond.median < 10_000) {
  console.error('✗ fewer than 10,000 events per second of one CPU')
  process.exitCode = 1
}
if (faults.documents !== faults.sent) {
  console.error('✗ events were lost or doubled')
  process.exitCode = 1
}
