import type { Store } from '../../store/openStore.ts'
import type { TimeRange } from '../timeRange.ts'

/** Metrics by function alone: a document may repeat them under further dimension sets. */
const OF_FUNCTIONS = `
FROM metrics
WHERE json_keys(dimensions) = ['FunctionName'] AND at_ms BETWEEN $from AND $to
  AND ($function = '' OR json_extract_string(dimensions, '$.FunctionName') = $function)`

export interface MetricFilter {
  range: TimeRange
  /** Empty for all. */
  functionName: string
}

const parameters = ({ range, functionName }: MetricFilter) => ({
  from: range.from,
  to: range.to,
  function: functionName,
})

export interface FunctionSummary {
  function_name: string
  invocations: number
  errors: number
  timeouts: number
  cold_starts: number
  p50: number | null
  p95: number | null
  p99: number | null
  init_p50: number | null
}

export const summariseFunctions = (store: Store, filter: MetricFilter): Promise<FunctionSummary[]> =>
  store.query<FunctionSummary>(
    `SELECT json_extract_string(dimensions, '$.FunctionName') AS function_name,
      coalesce(sum(value) FILTER (name = 'Invocations'), 0) AS invocations,
      coalesce(sum(value) FILTER (name = 'Errors'), 0) AS errors,
      coalesce(sum(value) FILTER (name = 'Timeouts'), 0) AS timeouts,
      coalesce(sum(value) FILTER (name = 'ColdStart'), 0) AS cold_starts,
      quantile_cont(value, 0.5) FILTER (name = 'Duration') AS p50,
      quantile_cont(value, 0.95) FILTER (name = 'Duration') AS p95,
      quantile_cont(value, 0.99) FILTER (name = 'Duration') AS p99,
      quantile_cont(value, 0.5) FILTER (name = 'InitDuration') AS init_p50
    ${OF_FUNCTIONS} GROUP BY ALL ORDER BY invocations DESC, function_name`,
    parameters(filter),
  )

/** First and last time there is a metric of. */
export const metricSpan = async (
  store: Store,
  filter: MetricFilter,
): Promise<{ first: number; last: number } | undefined> => {
  const [row] = await store.query<{ first: number | null; last: number | null }>(
    `SELECT min(at_ms) AS first, max(at_ms) AS last ${OF_FUNCTIONS}`,
    parameters(filter),
  )
  return row?.first != null && row.last != null ? { first: row.first, last: row.last } : undefined
}

export interface MetricBucket {
  at_ms: number
  invocations: number
  errors: number
  cold_starts: number
  p50: number | null
  p95: number | null
  p99: number | null
}

export const metricsOverTime = (
  store: Store,
  filter: MetricFilter,
  stepMs: number,
): Promise<MetricBucket[]> =>
  store.query<MetricBucket>(
    `SELECT at_ms - at_ms % $step::BIGINT AS at_ms,
      coalesce(sum(value) FILTER (name = 'Invocations'), 0) AS invocations,
      coalesce(sum(value) FILTER (name = 'Errors'), 0) AS errors,
      coalesce(sum(value) FILTER (name = 'ColdStart'), 0) AS cold_starts,
      quantile_cont(value, 0.5) FILTER (name = 'Duration') AS p50,
      quantile_cont(value, 0.95) FILTER (name = 'Duration') AS p95,
      quantile_cont(value, 0.99) FILTER (name = 'Duration') AS p99
    ${OF_FUNCTIONS} GROUP BY ALL ORDER BY at_ms`,
    { ...parameters(filter), step: stepMs },
  )

export interface MetricRow {
  namespace: string
  name: string
  unit: string
  dimensions: string
  samples: number
  total: number
  average: number
  highest: number
  last_ms: number
}

/** Every metric there is, as CloudWatch would list (and bill) them. */
export const listMetrics = (store: Store, range: TimeRange): Promise<MetricRow[]> =>
  store.query<MetricRow>(
    `SELECT namespace, name, unit, dimensions, count(*) AS samples, sum(value) AS total, avg(value) AS average,
      max(value) AS highest, max(at_ms) AS last_ms
    FROM metrics WHERE at_ms BETWEEN $from AND $to
    GROUP BY namespace, name, unit, dimensions ORDER BY namespace, name, dimensions LIMIT 500`,
    { from: range.from, to: range.to },
  )
