/** The tables of the READMEs, from what the benchmarks wrote. */
import { VARIANTS as BROWSER_VARIANTS } from './browser/variants.mjs'

const row = (...cells) => `| ${cells.join(' | ')} |`
const table = (head, ...rows) => [row(...head), row(...head.map(() => '---')), ...rows].join('\n')
const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
const yes = (value) => (value ? 'yes' : 'no')

/** One value per Node version, in the order they were measured. */
const perNode = ({ nodes }, value) => Object.values(nodes).map(value).join(' / ')
const major = ({ nodes }) =>
  Object.keys(nodes)
    .map((version) => version.split('.')[0].slice(1))
    .join(' / ')
const times = (report, name, sink) =>
  perNode(report, (node) => `${node[name][`warmCpuUs ${sink}`].ratioToFloor.toFixed(2)}×`)

const lambda = (report) => {
  const versions = `Node ${major(report)}`
  const warm = (sink, ...names) => names.map((name) => (name ? times(report, name, sink) : '–'))
  const first = Object.values(report.nodes)[0]
  const columns = ['observe', 'powertools', 'middy-pino-lambda', 'aem-pino']
  return table(
    [versions, 'observe-lambda', 'Powertools', 'middy + pino-lambda', 'aws-embedded-metrics + pino'],
    row('warm, built-in telemetry and one log line, to /dev/null', ...warm('/dev/null', ...columns)),
    row('the same into a pipe', ...warm('pipe', ...columns)),
    row(
      'warm, with three metrics more, to /dev/null',
      ...warm('/dev/null', 'observe-metrics', 'powertools-metrics', '', ''),
    ),
    row('the same into a pipe', ...warm('pipe', 'observe-metrics', 'powertools-metrics', '', '')),
    row(
      'cold init, CPU ms',
      ...columns.map((name) => perNode(report, (node) => node[name].coldCpuMs.median.toFixed(1))),
    ),
    row('bundle, min + gzip', ...columns.map((name) => kilo(first[name].gzipBytes))),
    row(
      'bundle with three metrics',
      kilo(first['observe-metrics'].gzipBytes),
      kilo(first['powertools-metrics'].gzipBytes),
      '–',
      '–',
    ),
    row('ESM bundle loads as it is', ...columns.map((name) => yes(first[name].loadsWithoutBanner))),
  )
}

const lambdaParts = ({ parts }) => {
  const bytesIn = (name, part) =>
    parts[name].parts.find((candidate) => candidate.name === part)?.gzipBytes ?? 0
  const groups = {
    'masking rules': ['shared-schema/masking', 'shared-schema/protocol'],
    pino: ['pino', 'quick-format-unescaped'],
    'aws-embedded-metrics': ['aws-embedded-metrics'],
  }
  const named = new Set(Object.values(groups).flat())
  const all = [...new Set(Object.values(parts).flatMap((bundle) => bundle.parts.map(({ name }) => name)))]
  groups['this package'] = all.filter((name) => !named.has(name))
  return table(
    ['gzipped, of the bundle', 'one log line', 'three metrics more'],
    ...Object.entries(groups).map(([title, members]) =>
      row(
        title,
        ...Object.keys(parts).map((name) =>
          kilo(members.reduce((sum, part) => sum + bytesIn(name, part), 0)),
        ),
      ),
    ),
    row('whole', ...Object.values(parts).map(({ gzipBytes }) => kilo(gzipBytes))),
  )
}

const lambdaSize = (report) => {
  const first = Object.values(report.nodes)[0]
  return `A wrapped Lambda handler that writes a log line is ${kilo(first.observe.gzipBytes)} (esbuild, minified, gzip), with metrics of its own ${kilo(first['observe-metrics'].gzipBytes)}, and loads as an ES module without a banner.`
}

/** Whether a figure reaches its target, for each Node version. */
const lambdaTargets = (report) => {
  const first = Object.values(report.nodes)[0]
  const cold = perNode(
    report,
    (node) => `${(node.observe.coldCpuMs.median / node.powertools.coldCpuMs.median).toFixed(2)}×`,
  )
  return table(
    ['target', 'to reach', `reached, Node ${major(report)}`],
    row('warm against two `console.log`, to /dev/null', '0.65×', times(report, 'observe', '/dev/null')),
    row('the same, to a pipe', '0.65×', times(report, 'observe', 'pipe')),
    row('with three metrics more, to /dev/null', '1.50×', times(report, 'observe-metrics', '/dev/null')),
    row('the same, to a pipe', '1.50×', times(report, 'observe-metrics', 'pipe')),
    row(
      'two finished texts of that length written with `fs.writeSync`, for comparison',
      '–',
      times(report, 'writes', '/dev/null'),
    ),
    row('cold init against Powertools', '0.80×', cold),
    row('bundle with a log line', '16 kB', kilo(first.observe.gzipBytes)),
    row('bundle with metrics, too', '16 kB', kilo(first['observe-metrics'].gzipBytes)),
  )
}

const collector = ({ kinds, node }) =>
  table(
    [
      `Node ${node.split('.')[0].slice(1)}`,
      'CPU, × `JSON.parse` (to reach: 4×)',
      'of it validating',
      'events per CPU second',
      'log bytes per event (to reach: 60 per vital)',
      'of them metric definitions and ids',
    ],
    ...Object.entries(kinds).map(([kind, measured]) =>
      row(
        kind,
        `${measured.ratio.toFixed(1)}×`,
        `${(measured.validateCpuUs / measured.parseCpuUs).toFixed(1)}×`,
        Math.round(measured.eventsPerCpuSecond / 1000) * 1000,
        Math.round(measured.loggedBytesPerEvent),
        Math.round((measured.loggedBytes.definitions + measured.loggedBytes.ids) / measured.events),
      ),
    ),
  )

const browserTitle = Object.fromEntries(BROWSER_VARIANTS.map(({ name, title }) => [name, title]))

const browserBytes = ({ bytes }) => {
  const bundlers = Object.keys(Object.values(bytes)[0])
  const pair = ({ entry, loaded }) => `${kilo(entry.gzip)} / ${kilo(loaded.gzip)}`
  return table(
    ['gzip, before the application / all that a visit loads', ...bundlers],
    ...Object.entries(bytes).map(([name, byBundler]) =>
      row(browserTitle[name], ...bundlers.map((bundler) => pair(byBundler[bundler]))),
    ),
  )
}

const BROWSER_METRICS = {
  lcpMs: 'LCP',
  fcpMs: 'FCP',
  longTaskBeforeLcpMs: 'long tasks before LCP',
  tbtMs: 'total blocking time',
  scriptMs: 'script',
  mainThreadMs: 'main thread',
}

const browserLoad =
  (network) =>
  ({ profiles }) => {
    const { loads, cpuSlowdown, summary } = profiles[network]
    const signed = (value) => `${value >= 0.5 ? '+' : ''}${Math.round(value) || 0}`
    const shown = ({ median, added }) =>
      added
        ? `${signed(added.median)} [${signed(added.low)}, ${signed(added.high)}]`
        : `${median.toFixed(0)} in all`
    return table(
      [`ms, processor ${cpuSlowdown} times slower, ${loads} loads`, ...Object.values(BROWSER_METRICS)],
      ...Object.entries(summary).map(([name, measured]) =>
        row(browserTitle[name], ...Object.keys(BROWSER_METRICS).map((metric) => shown(measured[metric]))),
      ),
    )
  }

/** By the name of a region: the result it is made from, and how. */
export const TABLES = {
  lambda: ['lambda', lambda],
  'lambda-parts': ['lambda', lambdaParts],
  'lambda-targets': ['lambda', lambdaTargets],
  'lambda-size': ['lambda', lambdaSize],
  collector: ['collector', collector],
  'browser-bytes': ['browser', browserBytes],
  'browser-load': ['browser', browserLoad('unlimited')],
  'browser-load-slow-4g': ['browser', browserLoad('slow-4g')],
}
