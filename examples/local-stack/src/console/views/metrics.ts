import { chart } from '../chart.ts'
import { badge, choices, emptyState, panel, table, timeAgo } from '../components.ts'
import { formatCount, formatDuration, formatMetric, formatPercent } from '../format.ts'
import { type Html, html } from '../html.ts'
import { parseObject } from '../json.ts'
import {
  type FunctionSummary,
  listMetrics,
  type MetricFilter,
  type MetricRow,
  metricSpan,
  metricsOverTime,
  summariseFunctions,
} from '../queries/functionMetrics.ts'
import { rangeChoices, readRange, timeAxis } from '../timeRange.ts'
import type { View, ViewContext } from '../view.ts'

/** How the functions fare, from the EMF documents they print. */
export const metricsView: View = async (context) => {
  const { store, url, now } = context
  const range = readRange(url.searchParams, now)
  const functionName = url.searchParams.get('function') ?? ''
  const filter = { range, functionName }
  const functions = await summariseFunctions(store, { range, functionName: '' })
  const metrics = await listMetrics(store, range)
  if (metrics.length === 0) {
    return {
      title: 'Metrics',
      actions: rangeChoices(url, range),
      body: emptyState(
        'No metrics in this time',
        'Every request to the API prints one EMF document, and its metrics are taken from there. Open the shop or choose a longer time.',
      ),
    }
  }
  const shown =
    functionName === '' ? functions : functions.filter((one) => one.function_name === functionName)
  return {
    title: 'Metrics',
    actions: rangeChoices(url, range),
    body: html`${
      functions.length > 0 &&
      choices(
        'Function',
        ['', ...functions.map((one) => one.function_name)].map((name) => ({
          label: name === '' ? 'All functions' : name,
          href: `/metrics?range=${range.name}&function=${encodeURIComponent(name)}`,
          current: name === functionName,
        })),
      )
    }
${await plots(context, filter)}
${shown.length > 0 && panel('Functions', functionTable(shown))}
${panel('Every metric', metricTable(metrics, now), html`<span class="note">${formatCount(metrics.length)} in all; CloudWatch bills each row as one</span>`)}`,
  }
}

const plots = async ({ store }: ViewContext, filter: MetricFilter): Promise<Html> => {
  const span = await metricSpan(store, filter)
  if (!span) return html``
  const { stepMs, times } = timeAxis(span.first, span.last)
  const buckets = new Map(
    (await metricsOverTime(store, filter, stepMs)).map((bucket) => [bucket.at_ms, bucket]),
  )
  const every = `every ${formatDuration(stepMs)}`
  const counted = (name: 'invocations' | 'errors' | 'cold_starts') =>
    times.map((at) => buckets.get(at)?.[name] ?? 0)
  const timed = (name: 'p50' | 'p95' | 'p99') => times.map((at) => buckets.get(at)?.[name] ?? null)
  return html`<div class="columns three">
${panel(
  'Invocations and errors',
  chart({
    id: 'invocations',
    title: every,
    unit: 'count',
    times,
    series: [
      { label: 'Invocations', color: 'accent', kind: 'bars', values: counted('invocations') },
      { label: 'Errors', color: 'bad', kind: 'bars', values: counted('errors') },
    ],
  }),
)}
${panel(
  'Duration',
  chart({
    id: 'duration',
    title: 'p50, p95 and p99',
    unit: 'ms',
    times,
    series: [
      { label: 'p50', color: 'second', values: timed('p50') },
      { label: 'p95', color: 'accent', values: timed('p95') },
      { label: 'p99', color: 'warn', values: timed('p99') },
    ],
  }),
)}
${panel(
  'Cold starts',
  chart({
    id: 'cold-starts',
    title: every,
    unit: 'count',
    times,
    series: [{ label: 'Cold starts', color: 'second', kind: 'bars', values: counted('cold_starts') }],
  }),
)}</div>`
}

const functionTable = (rows: readonly FunctionSummary[]): Html => {
  const ms = (value: number | null) => (value === null ? '–' : formatDuration(value))
  return table(
    'Functions',
    [
      { label: 'Function' },
      { label: 'Invocations', numeric: true },
      { label: 'Errors', numeric: true },
      { label: 'Error rate', numeric: true },
      { label: 'p50', numeric: true },
      { label: 'p95', numeric: true },
      { label: 'p99', numeric: true },
      { label: 'Cold starts', numeric: true },
      { label: 'Init p50', numeric: true },
    ],
    rows.map((row) => [
      html`<span class="mono">${row.function_name}</span>`,
      formatCount(row.invocations),
      row.errors > 0 ? badge('bad', formatCount(row.errors)) : html`<span class="faint">0</span>`,
      formatPercent(row.invocations > 0 ? row.errors / row.invocations : 0),
      ms(row.p50),
      ms(row.p95),
      ms(row.p99),
      formatCount(row.cold_starts),
      ms(row.init_p50),
    ]),
  )
}

const metricTable = (rows: readonly MetricRow[], now: number): Html =>
  table(
    'Every metric',
    [
      { label: 'Metric' },
      { label: 'Namespace', minor: true },
      { label: 'Dimensions' },
      { label: 'Samples', numeric: true },
      { label: 'Sum', numeric: true, minor: true },
      { label: 'Average', numeric: true },
      { label: 'Highest', numeric: true, minor: true },
      { label: 'Last', numeric: true },
    ],
    rows.map((row, index) => [
      row.name === rows[index - 1]?.name ? html`<span class="visually-hidden">${row.name}</span>` : row.name,
      row.namespace,
      html`<span class="dimensions">${Object.entries(parseObject(row.dimensions) ?? {}).map(
        ([name, value]) => html`<span class="mono"><span class="note">${name}</span> ${String(value)}</span>`,
      )}</span>`,
      formatCount(row.samples),
      row.unit === 'Count' ? formatMetric(row.total, row.unit) : html`<span class="faint">–</span>`,
      formatMetric(row.average, row.unit),
      formatMetric(row.highest, row.unit),
      timeAgo(row.last_ms, now),
    ]),
  )
