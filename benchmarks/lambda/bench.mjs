/**
 * Bundle size, cold init and warm cost per invocation of `@acme/observe-lambda` and its peers, alternating in one run.
 *
 *   npm run bench -- lambda [--nodes=/path/to/node20,/path/to/node24] [--quick]
 *   npm run bench -- lambda --profile  what the bundle consists of and what an invocation's parts cost, and no more
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { partsOf } from './parts.mjs'
import { profileOf } from './profile.mjs'

const VARIANTS = [
  'bare',
  'writes',
  'floor',
  'observe',
  'observe-metrics',
  'powertools',
  'powertools-metrics',
  'middy-pino-lambda',
  'aem-pino',
]
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const results = `${root}benchmarks/results/`
const out = `${here}dist/`
const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
const quick = process.argv.includes('--quick')
const nodes = option('nodes')?.split(',') ?? [process.execPath]
const coldRuns = quick ? 5 : 15
const warmProcesses = quick ? 2 : 3
const perRound = quick ? 10_000 : 20_000
const env = {
  PATH: process.env.PATH,
  AWS_LAMBDA_FUNCTION_NAME: 'orders',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_REGION: 'eu-west-1',
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]
const least = (values) => Math.min(...values)
const show = (value, digits = 1) => value.toFixed(digits)

const bundling = (name) => ({
  entryPoints: [`${here}variants/${name}.mjs`],
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  absWorkingDir: here,
  alias: { '@acme/observe-lambda': `${root}packages/lambda-sdk/dist/index.js` },
})

const bundle = async (name, banner) => {
  const outfile = `${out}${name}${banner ? '' : '.plain'}.mjs`
  await build({ ...bundling(name), outfile, ...(banner && { banner: { js: BANNER } }) })
  return outfile
}

const loads = (file) => spawnSync(process.execPath, [`${here}cold.mjs`, file], { env }).status === 0

const prepare = async () => {
  rmSync(out, { recursive: true, force: true })
  if (!existsSync(`${root}packages/lambda-sdk/dist/index.js`)) {
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' })
  }
  const prepared = {}
  for (const name of VARIANTS) {
    const plain = await bundle(name, false)
    const withoutBanner = loads(plain)
    const code = readFileSync(plain)
    prepared[name] = {
      file: withoutBanner ? plain : await bundle(name, true),
      bytes: code.length,
      gzipBytes: gzipSync(code, { level: 9 }).length,
      loadsWithoutBanner: withoutBanner,
    }
  }
  return prepared
}

const run = (node, script, args, shell) => {
  const result = shell
    ? spawnSync(
        'sh',
        ['-c', `"${node}" "${here}${script}" ${args.map((arg) => `"${arg}"`).join(' ')} ${shell}`],
        { env },
      )
    : spawnSync(node, [`${here}${script}`, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  return result.stderr.toString()
}

const measureNode = (node, prepared) => {
  const cold = Object.fromEntries(VARIANTS.map((name) => [name, []]))
  for (let count = 0; count < coldRuns; count++) {
    for (const name of VARIANTS) cold[name].push(Number(run(node, 'cold.mjs', [prepared[name].file])))
  }
  const warm = { '/dev/null': {}, pipe: {} }
  for (const sink of Object.keys(warm)) {
    for (const name of VARIANTS) warm[sink][name] = []
    for (let count = 0; count < warmProcesses; count++) {
      for (const name of VARIANTS) {
        const args = [prepared[name].file, '3', String(perRound)]
        const printed = run(node, 'warm.mjs', args, sink === 'pipe' ? '| cat > /dev/null' : '> /dev/null')
        warm[sink][name].push(...JSON.parse(printed))
      }
    }
  }
  return { cold, warm }
}

const summarise = (prepared, { cold, warm }) =>
  Object.fromEntries(
    VARIANTS.map((name) => {
      const coldMs = median(cold[name]) - median(cold.bare)
      const row = {
        bytes: prepared[name].bytes,
        gzipBytes: prepared[name].gzipBytes,
        loadsWithoutBanner: prepared[name].loadsWithoutBanner,
        coldCpuMs: { median: coldMs, min: least(cold[name]) - least(cold.bare) },
      }
      for (const sink of Object.keys(warm)) {
        row[`warmCpuUs ${sink}`] = {
          median: median(warm[sink][name]),
          min: least(warm[sink][name]),
          ratioToFloor: median(warm[sink][name]) / median(warm[sink].floor),
          // The least is what the code costs; the median also what else ran on the machine.
          ratioToFloorOfMins: least(warm[sink][name]) / least(warm[sink].floor),
        }
      }
      return [name, row]
    }),
  )

const print = (version, summary) => {
  console.log(`\nNode ${version}`)
  console.table(
    Object.fromEntries(
      Object.entries(summary).map(([name, row]) => [
        name,
        {
          'min+gzip kB': show(row.gzipBytes / 1000),
          'ESM as is': row.loadsWithoutBanner ? 'yes' : 'no',
          'cold ms': show(row.coldCpuMs.median),
          'cold min': show(row.coldCpuMs.min),
          'warm µs null': show(row['warmCpuUs /dev/null'].median),
          '× floor': show(row['warmCpuUs /dev/null'].ratioToFloor, 2),
          '× floor (min)': show(row['warmCpuUs /dev/null'].ratioToFloorOfMins, 2),
          'warm µs pipe': show(row['warmCpuUs pipe'].median),
          '× floor pipe': show(row['warmCpuUs pipe'].ratioToFloor, 2),
          '× floor pipe (min)': show(row['warmCpuUs pipe'].ratioToFloorOfMins, 2),
        },
      ]),
    ),
  )
}

const printParts = (name, { bytes, gzipBytes, parts }) => {
  console.log(
    `\n${name}: ${bytes} bytes, gzipped ${gzipBytes}. Gzipped parts are what the bundle would lose without them.`,
  )
  console.table(
    Object.fromEntries(parts.map((part) => [part.name, { bytes: part.bytes, gzipped: part.gzipBytes }])),
  )
}

const prepared = await prepare()
const report = { machine: { cpu: cpus()[0]?.model, cores: cpus().length }, parts: {}, nodes: {} }
for (const name of ['observe', 'observe-metrics']) {
  report.parts[name] = await partsOf(bundling(name))
  printParts(name, report.parts[name])
}
if (process.argv.includes('--profile')) {
  for (const node of nodes) {
    const version = execFileSync(node, ['--version']).toString().trim()
    const measure = (file) => JSON.parse(run(node, 'warm.mjs', [file, '4', '20000'], '> /dev/null')).slice(1)
    const costs = await profileOf(bundling('observe'), out, measure)
    console.log(`\nNode ${version}: CPU µs of an invocation, and what it saves to leave a part out`)
    console.table(
      Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, { µs: show(cost, 2) }])),
    )
  }
  process.exit(0)
}
for (const node of nodes) {
  const version = execFileSync(node, ['--version']).toString().trim()
  const summary = summarise(prepared, measureNode(node, prepared))
  report.nodes[version] = summary
  print(version, summary)
}
mkdirSync(results, { recursive: true })
writeFileSync(`${results}lambda.json`, `${JSON.stringify(report, null, 2)}\n`)
console.log(
  '\nCPU time. Cold is minus the bare handler. The floor writes the same two lines with console.log(JSON.stringify()), "writes" two finished texts of their length with fs.writeSync().',
)
