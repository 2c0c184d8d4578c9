/**
 * What an SDK costs a page: bytes, and in Chromium with the processor slowed four times LCP, FCP, long tasks, blocking,
 * script and main-thread time, against the same page with nothing but its own script.
 *
 *   npm run bench -- browser [--loads 15] [--network slow-4g] [--only core,all] [--max-foreign-cpu 0.2] [--dry]
 */
import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BUNDLERS } from './bundle.mjs'
import { measureRounds } from './measureRounds.mjs'
import { NETWORKS, openPage } from './openPage.mjs'
import { probe } from './probe.mjs'
import { serve } from './serve.mjs'
import { median, pairedDifference } from './statistics.mjs'
import { VARIANTS } from './variants.mjs'

const { values: options } = parseArgs({
  options: {
    loads: { type: 'string', default: '15' },
    network: { type: 'string', default: 'unlimited' },
    only: { type: 'string' },
    'max-foreign-cpu': { type: 'string', default: '0.2' },
    dry: { type: 'boolean', default: false },
  },
})
if (!(options.network in NETWORKS)) {
  console.error(`--network is one of ${Object.keys(NETWORKS).join(', ')}.`)
  process.exit(1)
}
const loads = Number(options.loads)
const wanted = options.only?.split(',')
const variants = VARIANTS.filter(({ name }) => name === 'none' || !wanted || wanted.includes(name))

/** Loads are measured with the bundler of the applications this is made for. */
const MEASURED = 'vite'
const METRICS = ['lcpMs', 'fcpMs', 'longTaskBeforeLcpMs', 'tbtMs', 'scriptMs', 'mainThreadMs']
const pathOf = (bundler, name) => (name === 'none' ? 'none' : `${bundler}/${name}`)

// What is published is measured, and no older build by mistake.
execSync('npm run build --workspace @acme/observe-schema --workspace @acme/observe-browser', {
  cwd: join(import.meta.dirname, '../..'),
  stdio: ['ignore', 'ignore', 'inherit'],
})

const bundles = {}
for (const [bundler, bundle] of Object.entries(BUNDLERS))
  for (const { name, entry } of variants) bundles[pathOf(bundler, name)] = entry ? await bundle(entry) : []

const server = await serve(bundles)
const tab = await openPage(options.network)
const note = (text) => process.stderr.write(`  ${text}\n`)

try {
  const bytes = {}
  for (const variant of variants.filter(({ entry }) => entry)) {
    bytes[variant.name] = {}
    for (const bundler of Object.keys(BUNDLERS)) {
      const path = pathOf(bundler, variant.name)
      bytes[variant.name][bundler] = await probe({ tab, server, path, files: bundles[path], variant })
    }
    note(`${variant.name}: bundled, and at work`)
  }

  const { rounds, discarded } = await measureRounds({
    tab,
    origin: server.origin,
    paths: variants.map(({ name }) => pathOf(MEASURED, name)),
    loads,
    maxForeign: Number(options['max-foreign-cpu']),
    note,
  })
  const summary = Object.fromEntries(
    variants.map(({ name }) => {
      const path = pathOf(MEASURED, name)
      const measured = METRICS.map((metric) => {
        const values = rounds.map((samples) => samples[path][metric])
        const added = pairedDifference(rounds.map((samples) => samples[path][metric] - samples.none[metric]))
        return [metric, { median: median(values), ...(name !== 'none' && { added }) }]
      })
      return [name, Object.fromEntries(measured)]
    }),
  )

  printBytes(bytes)
  printLoads(summary, discarded)
  if (!options.dry) write(bytes, { loads, discarded, summary })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  await tab.close()
  await server.close()
}

function printBytes(bytes) {
  const kilo = (count) => (count / 1000).toFixed(1)
  const triple = ({ min, gzip, brotli }) => `${kilo(min)} / ${kilo(gzip)} / ${kilo(brotli)}`
  console.log('\nkB minified / gzip / brotli')
  console.table(
    Object.fromEntries(
      variants
        .filter(({ name }) => bytes[name])
        .map(({ name, title }) => [
          title,
          Object.fromEntries(
            Object.entries(bytes[name]).flatMap(([bundler, { entry, loaded }]) => [
              [`${bundler}: entry`, triple(entry)],
              [`${bundler}: loaded`, triple(loaded)],
            ]),
          ),
        ]),
    ),
  )
}

function printLoads(summary, discarded) {
  const shown = ({ median: middle, added }) =>
    added
      ? `${middle.toFixed(0)}  ${added.median >= 0 ? '+' : ''}${added.median.toFixed(0)} [${added.low.toFixed(0)}, ${added.high.toFixed(0)}]`
      : middle.toFixed(0)
  console.log(
    `\nMilliseconds, median of ${loads} alternated loads, processor 4 times slower, network ${options.network}; behind it ` +
      'the median of the paired differences to the page with its own script alone and its 95 % interval',
  )
  console.table(
    Object.fromEntries(
      variants.map(({ name, title }) => [
        title,
        Object.fromEntries(METRICS.map((metric) => [metric.replace('Ms', ''), shown(summary[name][metric])])),
      ]),
    ),
  )
  console.log(
    `Discarded and repeated: ${discarded.foreignCpu} disturbed by other programs, ${discarded.otherLcpElement} with another largest paint.`,
  )
}

function write(bytes, { summary, ...run }) {
  const folder = join(import.meta.dirname, '../results')
  const file = join(folder, 'browser.json')
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    chromium: tab.version,
  }
  const profiles = { ...before.profiles, [options.network]: { machine, ...run, cpuSlowdown: 4, summary } }
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ peers: dependencies, bytes: { ...before.bytes, ...bytes }, profiles }, null, 2)}\n`,
  )
}
