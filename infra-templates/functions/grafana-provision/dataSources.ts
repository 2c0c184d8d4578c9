/** A data source as Grafana's API takes it. */
export interface DataSource {
  uid: string
  name: string
  type: string
  access: 'proxy'
  isDefault?: boolean
  url?: string
  jsonData: Record<string, unknown>
}

/** What the data sources depend on. */
export interface DataSourceSettings {
  region: string
  namespace: string
  /** `https://…` of the OpenSearch domain; none without log search. */
  openSearchUrl?: string
  indexPrefix: string
}

/** Managed Grafana signs with the workspace's role. */
const AUTH = 'ec2_iam_role'

/** CloudWatch, metrics and Logs Insights in one, is the default; OpenSearch is there when there is a domain. */
export const dataSources = (settings: DataSourceSettings): DataSource[] => {
  const { region, namespace, openSearchUrl, indexPrefix } = settings
  const cloudWatch: DataSource = {
    uid: 'cloudwatch',
    name: 'CloudWatch',
    type: 'cloudwatch',
    access: 'proxy',
    isDefault: true,
    jsonData: {
      authType: AUTH,
      defaultRegion: region,
      customMetricsNamespaces: namespace,
      logsTimeout: '15m',
    },
  }
  if (!openSearchUrl) return [cloudWatch]
  return [
    cloudWatch,
    {
      uid: 'opensearch',
      name: 'OpenSearch',
      type: 'grafana-opensearch-datasource',
      access: 'proxy',
      url: openSearchUrl,
      jsonData: {
        flavor: 'opensearch',
        version: '2.19.0',
        database: `${indexPrefix}-*`,
        timeField: '@timestamp',
        logMessageField: 'message',
        logLevelField: 'level',
        pplEnabled: true,
        serverless: false,
        maxConcurrentShardRequests: 5,
        sigV4Auth: true,
        sigV4AuthType: AUTH,
        sigV4Region: region,
      },
    },
  ]
}
