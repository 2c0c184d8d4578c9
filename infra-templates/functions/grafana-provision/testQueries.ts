import { setTimeout as sleep } from 'node:timers/promises'
import type { GrafanaCall } from './grafanaClient.ts'

/** A query as a dashboard sends it; each data source has its own fields. */
type Query = Record<string, unknown>

interface QueryResult {
  error?: string
  frames?: { data?: { values?: unknown[][] } }[]
}

/** The log group that Logs Insights is tried on. */
export interface TestLogGroup {
  name: string
  arn: string
}

/** Policies of a role that was made a minute ago may not be everywhere yet. */
const ATTEMPTS = 6
/** Grafana tells errors of a data source under these, with the reason in the body. */
const ANSWERS = [400, 401, 403, 404, 500, 502, 503, 504]

const ask = async (call: GrafanaCall, query: Query): Promise<QueryResult> => {
  const body = { queries: [{ refId: 'A', ...query }], from: 'now-1h', to: 'now' }
  const { status, body: answer } = await call('POST', '/api/ds/query', body, ANSWERS)
  const { results, message } = answer as { results?: { A?: QueryResult }; message?: string }
  if (status < 300 && results?.A) return results.A
  return { error: results?.A?.error ?? message ?? `${status} ${JSON.stringify(answer).slice(0, 300)}` }
}

const untilAnswered = async (
  what: string,
  hint: string,
  retryMs: number,
  attempt: () => Promise<QueryResult>,
): Promise<QueryResult> => {
  for (let count = 1; ; count += 1) {
    const result = await attempt()
    if (!result.error) return result
    if (count === ATTEMPTS) throw new Error(`the test query against ${what} failed: ${result.error}. ${hint}`)
    await sleep(retryMs * 2 ** (count - 1))
  }
}

const CLOUDWATCH = { datasource: { type: 'cloudwatch', uid: 'cloudwatch' } }
const ROLE = "Check the policy of the workspace's role."

const metrics = (region: string): Query => ({
  ...CLOUDWATCH,
  queryMode: 'Metrics',
  metricQueryType: 0,
  metricEditorMode: 0,
  region,
  namespace: 'AWS/Lambda',
  metricName: 'Invocations',
  dimensions: {},
  matchExact: true,
  statistic: 'Sum',
  period: '300',
  id: 'a',
  expression: '',
})

/** Logs Insights is asked in two steps, as the browser does it: a query is started, then its results are fetched. */
const logsInsights = async (
  call: GrafanaCall,
  region: string,
  { name, arn }: TestLogGroup,
): Promise<QueryResult> => {
  const action = { ...CLOUDWATCH, type: 'logAction', queryMode: 'Logs', region }
  const started = await ask(call, {
    ...action,
    subtype: 'StartQuery',
    queryString: 'fields @timestamp | limit 1',
    logGroups: [{ name, arn }],
    logGroupNames: [name],
  })
  const queryId = started.frames?.[0]?.data?.values?.[0]?.[0]
  if (started.error || queryId === undefined)
    return { error: started.error ?? 'Grafana returned no query id' }
  return ask(call, { ...action, subtype: 'GetQueryResults', queryId })
}

/** A domain that nothing was written to yet has no index, which is no error. */
const openSearch = async (call: GrafanaCall): Promise<QueryResult> => {
  const result = await ask(call, {
    datasource: { type: 'grafana-opensearch-datasource', uid: 'opensearch' },
    queryType: 'lucene',
    query: '*',
    timeField: '@timestamp',
    metrics: [{ id: '1', type: 'count' }],
    bucketAggs: [
      {
        id: '2',
        type: 'date_histogram',
        field: '@timestamp',
        settings: { interval: 'auto', min_doc_count: '0', trimEdges: '0' },
      },
    ],
  })
  return /index_not_found|no such index/i.test(result.error ?? '') ? {} : result
}

/**
 * Asks each data source once as a dashboard would: one that saves is not yet one that may read.
 *
 * @throws Error with the data source, its own reason, and where to look.
 */
export const testQueries = async (
  call: GrafanaCall,
  given: { region: string; logGroup: TestLogGroup; hasOpenSearch: boolean; retryMs: number },
): Promise<void> => {
  const { region, logGroup, hasOpenSearch, retryMs } = given
  await untilAnswered('CloudWatch', ROLE, retryMs, () => ask(call, metrics(region)))
  await untilAnswered('CloudWatch Logs Insights', ROLE, retryMs, () => logsInsights(call, region, logGroup))
  if (!hasOpenSearch) return
  await untilAnswered('OpenSearch', "Check that the domain's access policy names that role.", retryMs, () =>
    openSearch(call),
  )
}
