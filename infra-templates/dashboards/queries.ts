import * as cloudwatch from '@grafana/grafana-foundation-sdk/cloudwatch'
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'

/** The default data source of the workspace. */
export const CLOUDWATCH: DataSourceRef = { type: 'cloudwatch', uid: 'cloudwatch' }
/** There when the log-search stack is. */
export const OPENSEARCH: DataSourceRef = { type: 'grafana-opensearch-datasource', uid: 'opensearch' }
/** Namespace of what the SDKs emit, filled in for each deployment. */
export const NAMESPACE = '__NAMESPACE__'

const base = (refId: string): cloudwatch.MetricsQueryBuilder =>
  new cloudwatch.MetricsQueryBuilder()
    .refId(refId)
    .id(refId.toLowerCase())
    .datasource(CLOUDWATCH)
    .queryMode(cloudwatch.QueryMode.Metrics)
    .metricQueryType(cloudwatch.MetricQueryType.Search)
    .region('default')

/** One metric with exactly these dimensions. */
export const metric = (
  refId: string,
  namespace: string,
  name: string,
  statistic: string,
  dimensions: Record<string, string>,
  label: string,
): cloudwatch.MetricsQueryBuilder =>
  base(refId)
    .metricEditorMode(cloudwatch.MetricEditorMode.Builder)
    .namespace(namespace)
    .metricName(name)
    .statistic(statistic)
    .dimensions(dimensions)
    .matchExact(true)
    .period('')
    .label(label)

/**
 * Every series of a metric over a set of dimensions, told apart by one of them. `where` narrows the search; a bare search
 * would pay for every function and route of the account.
 */
export const search = (
  refId: string,
  namespace: string,
  dimensions: readonly string[],
  name: string,
  statistic: string,
  labelDimension: string,
  where = '',
): cloudwatch.MetricsQueryBuilder => {
  const schema = [`"${namespace}"`, ...dimensions].join(',')
  return base(refId)
    .metricEditorMode(cloudwatch.MetricEditorMode.Code)
    .expression(
      `SEARCH('{${schema}} MetricName="${name}"${where && ` ${where}`}', '${statistic}', $__period_auto)`,
    )
    .label(`\${PROP('Dim.${labelDimension}')}`)
}

/** A Logs Insights query over the collector's or the application's log group. */
export const insights = (
  refId: string,
  of: 'COLLECTOR' | 'APPLICATION',
  query: string,
): cloudwatch.LogsQueryBuilder =>
  new cloudwatch.LogsQueryBuilder()
    .refId(refId)
    .id('')
    .datasource(CLOUDWATCH)
    .queryMode(cloudwatch.QueryMode.Logs)
    .region('default')
    .logGroups([new cloudwatch.LogGroupBuilder().arn(`__${of}_LOG_ARN__`).name(`__${of}_LOG_GROUP__`)])
    .expression(query)
    .statsGroups([])
