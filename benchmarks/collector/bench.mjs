/**
 * What the collector costs: validating, scrubbing and writing a batch against `JSON.parse` of the same bytes, and how many
 * bytes it logs per event.
 *
 *   npm run bench -- collector [--quick]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const results = `${root}benchmarks/results/`
if (!existsSync(`${root}packages/lambda-sdk/dist/collector.js`)) {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' })
}
const { createCollector } = await import(`${root}packages/lambda-sdk/dist/collector.js`)
const { captureLines } = await import(`${root}packages/lambda-sdk/dist/testing.js`)
const { parseEnvelope } = await import(`${root}packages/shared-schema/dist/index.js`)

const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 3 : 7
const BATCHES = quick ? 500 : 1_500
/** Rounds until the code is compiled: a page's batches come to an instance that has been at work for a while. */
const WARM_UP_ROUNDS = 3

const uuid = (index) => `0198f3c2-7c1e-7000-8000-${String(index).padStart(12, '0')}`
const page = { path: '/products/:id', route: '/products/:id', title: 'Product' }
let ids = 0
const base = () => ({ id: uuid(++ids), at: 1_795_295_316_348 + ids, page })

const vital = (name, value, index) => ({
  ...base(),
  type: 'web-vital',
  name,
  value: value + index / 8,
  delta: value + index / 8,
  rating: 'good',
  metricId: `v6-1795295316348-${1_000_000_000_000 + index}`,
  navigationType: 'navigate',
  attribution: { target: 'main>img.hero', phase: 12.5, url: '/images/:id' },
})
const VITALS = [
  ['LCP', 1_800],
  ['INP', 120],
  ['CLS', 0.02],
  ['FCP', 900],
  ['TTFB', 210],
  ['FID', 8],
]
const vitals = (count) => Array.from({ length: count }, (_, index) => vital(...VITALS[index % 6], index))

const error = () => ({
  ...base(),
  type: 'error',
  source: 'window',
  name: 'TypeError',
  message: "Cannot read properties of undefined (reading 'total')",
  stack: Array.from(
    { length: 12 },
    (_, line) => `    at step${line} (https://shop.example.com/assets/index-4f2a.js:1:${line * 971})`,
  ).join('\n'),
  handled: false,
  fingerprint: 'a1b2c3d4',
  count: 1,
  breadcrumbs: Array.from({ length: 10 }, (_, index) => ({
    at: 1_795_295_316_000 + index,
    category: 'click',
    message: 'button#buy',
  })),
})
const mixed = () => [
  { ...base(), type: 'page-view', navigationType: 'push', referrer: '/products' },
  ...vitals(6),
  { ...base(), type: 'custom', name: 'add_to_cart', properties: { sku: 'sku-1', amount: 2, price: 19.9 } },
  { ...base(), type: 'log', level: 'warn', message: 'image took 4 s', properties: { path: '/images/:id' } },
  error(),
]

const envelope = (events) => ({
  schemaVersion: 1,
  batchId: '',
  sentAt: 1_795_295_316_348,
  sdk: { name: '@acme/observe-browser', version: '0.1.0' },
  app: { name: 'shop', release: '1.4.2', environment: 'production' },
  session: { id: uuid(0), startedAt: 1_795_295_316_348 },
  client: {
    userAgent: 'Mozilla/5.0',
    language: 'de-DE',
    viewport: { width: 390, height: 844 },
    deviceType: 'mobile',
    connection: '4g',
  },
  events,
})

const KINDS = {
  'one page view (6 vitals)': () => vitals(6),
  'full batch (100 vitals)': () => vitals(100),
  'mixed page (10 events)': mixed,
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]
const cpuUs = (work) => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
const cpuUsAsync = async (work) => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const handler = createCollector({ origins: ['*'], environment: 'bench' })
const request = (body) => ({
  version: '2.0',
  requestContext: { http: { method: 'POST' } },
  headers: { origin: 'https://shop.example.com', 'content-type': 'text/plain;charset=UTF-8' },
  body,
  isBase64Encoded: false,
})

let batch = 0
const bodies = (create, count) =>
  Array.from({ length: count }, () => JSON.stringify({ ...envelope(create()), batchId: `b-${++batch}` }))

const IDS = ['requestId', 'sessionId', 'batchId', 'eventId', 'eventIds']

/** Bytes of the lines of one batch: what makes them metrics, what joins them to the rest, and all else. */
const bytesOf = (lines) => {
  const sum = (text) => lines.reduce((total, line) => total + Buffer.byteLength(text(line)), 0)
  const member = (line, key) => {
    const value = JSON.parse(line)[key]
    return value === undefined ? '' : `"${key}":${JSON.stringify(value)},`
  }
  const total = sum((line) => `${line}\n`)
  const definitions = sum((line) => member(line, '_aws'))
  const ids = IDS.reduce((count, key) => count + sum((line) => member(line, key)), 0)
  return { total, definitions, ids, rest: total - definitions - ids }
}

const report = { node: process.version, machine: { cpu: cpus()[0]?.model, cores: cpus().length }, kinds: {} }
const captured = captureLines()
for (const [kind, create] of Object.entries(KINDS)) {
  const [sample] = bodies(create, 1)
  const events = create().length
  captured.raw.length = 0
  await handler(request(sample))
  const loggedBytes = bytesOf(captured.raw)
  const parse = []
  const validate = []
  const collect = []
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const texts = bodies(create, BATCHES)
    const parsing = cpuUs(() => {
      for (const text of texts) JSON.parse(text)
    })
    const parsed = texts.map((text) => JSON.parse(text))
    const validating = cpuUs(() => {
      for (const value of parsed) parseEnvelope(value)
    })
    captured.raw.length = 0
    const collecting = await cpuUsAsync(async () => {
      for (const text of texts) {
        await handler(request(text))
        captured.raw.length = 0
      }
    })
    if (round >= WARM_UP_ROUNDS) {
      parse.push(parsing / BATCHES)
      validate.push(validating / BATCHES)
      collect.push(collecting / BATCHES)
    }
  }
  report.kinds[kind] = {
    events,
    bodyBytes: Buffer.byteLength(sample),
    parseCpuUs: median(parse),
    validateCpuUs: median(validate),
    collectCpuUs: median(collect),
    ratio: median(collect) / median(parse),
    eventsPerCpuSecond: (events / median(collect)) * 1_000_000,
    loggedBytes,
    loggedBytesPerEvent: loggedBytes.total / events,
  }
}
captured.restore()

console.log(`\nNode ${process.version}`)
console.table(
  Object.fromEntries(
    Object.entries(report.kinds).map(([kind, row]) => [
      kind,
      {
        'body bytes': row.bodyBytes,
        'JSON.parse µs': row.parseCpuUs.toFixed(1),
        'validation µs': row.validateCpuUs.toFixed(1),
        'collector µs': row.collectCpuUs.toFixed(1),
        ratio: row.ratio.toFixed(2),
        'events / CPU s': Math.round(row.eventsPerCpuSecond),
        'log bytes / event': Math.round(row.loggedBytesPerEvent),
        definitions: row.loggedBytes.definitions,
        ids: row.loggedBytes.ids,
        'other bytes': row.loggedBytes.rest,
      },
    ]),
  ),
)
mkdirSync(results, { recursive: true })
writeFileSync(`${results}collector.json`, `${JSON.stringify(report, null, 2)}\n`)
