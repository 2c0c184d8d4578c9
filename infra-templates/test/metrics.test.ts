import { readFileSync } from 'node:fs'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { beforeAll, describe, expect, it } from 'vitest'
import { dashboards } from '../dashboards/index.ts'
import { toDocument } from '../functions/log-forwarder/toDocument.ts'
import { indexTemplate } from '../functions/log-search-setup/settings.ts'
import { readTemplates, type Template } from '../templates/readTemplates.ts'
import { type Emitted, emitted } from './emitted.ts'
import { infraRoot } from './root.ts'

/** What AWS publishes and its machine-readable specification leaves out, from the page of each service's own guide. */
const DOCUMENTED: readonly (readonly [namespace: string, metrics: string, ...dimensions: string[]])[] = [
  // apigateway/latest/developerguide/http-api-metrics.html; the last needs detailed metrics
  ['AWS/ApiGateway', '4xx 5xx Count DataProcessed IntegrationLatency Latency', 'ApiId'],
  [
    'AWS/ApiGateway',
    '4xx 5xx Count DataProcessed IntegrationLatency Latency',
    'ApiId',
    'Method',
    'Resource',
    'Stage',
  ],
  // AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html; additional metrics
  ['AWS/CloudFront', 'CacheHitRate OriginLatency', 'DistributionId', 'Region'],
  // AmazonS3/latest/userguide/metrics-dimensions.html; request metrics
  ['AWS/S3', 'GetRequests PutRequests 4xxErrors 5xxErrors', 'BucketName', 'FilterId'],
  // opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html
  ['AWS/ES', 'ClusterStatus.red FreeStorageSpace', 'ClientId', 'DomainName'],
  // AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
  ['AWS/Billing', 'EstimatedCharges', 'Currency'],
  ['AWS/Billing', 'EstimatedCharges', 'Currency', 'ServiceName'],
]

const key = (namespace: string, metric: string, dimensions: readonly string[]): string =>
  `${namespace} ${metric} {${[...dimensions].sort().join(',')}}`

const published = (): Set<string> => {
  const spec = loadAwsServiceSpecSync()
  const keys = new Set(
    DOCUMENTED.flatMap(([namespace, metrics, ...dimensions]) =>
      metrics.split(' ').map((metric) => key(namespace, metric, dimensions)),
    ),
  )
  for (const metric of spec.all('metric')) {
    for (const { entity } of spec.follow('usesDimensionSet', metric)) {
      const names = entity.dimensions.map(({ name }) => name)
      keys.add(key(metric.namespace, metric.name, names))
    }
  }
  return keys
}

/** A metric that somebody asks CloudWatch for. */
interface Asked {
  where: string
  namespace: string
  metric: string
  dimensions: string[]
}

interface Target {
  datasource?: { type: string }
  queryMode?: string
  namespace?: string
  metricName?: string
  dimensions?: Record<string, string>
  expression?: string
}
interface Built {
  uid: string
  panels: { title: string; targets: Target[] }[]
}

const ofTarget = (where: string, target: Target): Asked => {
  const search = /SEARCH\('\{"?([\w/]+)"?,([\w,]+)\} MetricName="([\w.]+)"/.exec(target.expression ?? '')
  const [namespace = '', dimensions, metric = ''] = search
    ? [search[1], search[2]?.split(','), search[3]]
    : [target.namespace, Object.keys(target.dimensions ?? {}), target.metricName]
  return {
    where,
    namespace: namespace.replace('__NAMESPACE__', 'Observe/test'),
    metric,
    dimensions: (dimensions ?? []).map((name) =>
      name.replace('__DATABASE_DIMENSION__', 'DBInstanceIdentifier'),
    ),
  }
}

const built = dashboards.map((make) => JSON.parse(JSON.stringify(make().dashboard.build())) as Built)

const ofDashboards = (): Asked[] =>
  built.flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets
        .filter(({ queryMode }) => queryMode === 'Metrics')
        .map((target) => ofTarget(`${uid}: ${title}`, target)),
    ),
  )

interface Metric {
  Namespace: string | { 'Fn::Sub': string }
  MetricName: string
  Dimensions?: { Name: string }[]
}

const textOf = (value: string | { 'Fn::Sub': string }): string =>
  typeof value === 'string' ? value : value['Fn::Sub']

const ofAlarms = (): Asked[] =>
  readTemplates().flatMap(({ file, template }: { file: string; template: Template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
      .map(([logicalId, { Properties }]) => {
        const { Namespace, MetricName, Dimensions = [] } = Properties as unknown as Metric
        return {
          where: `${file}: ${logicalId}`,
          namespace: textOf(Namespace).replace('${Environment}', 'test'),
          metric: MetricName,
          dimensions: Dimensions.map(({ Name }) => Name),
        }
      }),
  )

/** The cost dashboard is a CloudWatch one: its body is in the template. */
const ofCloudWatchDashboards = (): Asked[] =>
  readTemplates().flatMap(({ file, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Dashboard')
      .flatMap(([logicalId, { Properties }]) =>
        [...JSON.stringify(Properties).matchAll(/SEARCH\('\{([\w/]+),([\w,]+)\} MetricName=\\*"(\w+)/g)].map(
          ([, namespace = '', dimensions = '', metric = '']) => ({
            where: `${file}: ${logicalId}`,
            namespace,
            metric,
            dimensions: dimensions.split(','),
          }),
        ),
      ),
  )

let sdk: Emitted
beforeAll(async () => {
  sdk = await emitted()
})

describe('nobody asks CloudWatch for a metric that nothing emits', () => {
  const exists = (): ((asked: Asked) => boolean) => {
    const known = published()
    const ours = new Set([...sdk.series].map((series) => `Observe/test ${series}`))
    return ({ namespace, metric, dimensions }) =>
      (namespace.startsWith('AWS/') ? known : ours).has(key(namespace, metric, dimensions))
  }

  it.each([
    ['dashboards', ofDashboards, 50],
    ['alarms', ofAlarms, 15],
    ['CloudWatch dashboards', ofCloudWatchDashboards, 1],
  ] as const)('%s', (_, asked, atLeast) => {
    expect(asked().length).toBeGreaterThanOrEqual(atLeast)
    const isKnown = exists()
    expect(asked().filter((one) => !isKnown(one))).toEqual([])
  })
})

describe('log search asks for fields that are indexed', () => {
  const { template } = indexTemplate('observe-logs', 0) as {
    template: { mappings: { properties: Record<string, { type: string; index?: boolean }> } }
  }
  const { properties } = template.mappings
  const dashboard = JSON.stringify(built.find(({ uid }) => uid === 'observe-log-search'))
  const queries = [...dashboard.matchAll(/"query":"([^"]*)"/g)].map(([, query = '']) => query)
  const fields = new Set([
    ...queries.flatMap((query) => [...query.matchAll(/(\w+):/g)].map(([, field = '']) => field)),
    ...[...dashboard.matchAll(/"field":"([@\w]+)"/g)].map(([, field = '']) => field),
  ])

  it('of a type that the query can use', () => {
    expect(fields.size).toBeGreaterThan(4)
    for (const field of fields) {
      expect(properties, field).toHaveProperty([field])
      expect(properties[field]?.index, field).not.toBe(false)
    }
    for (const [, field = ''] of dashboard.matchAll(/"type":"terms","field":"(\w+)"/g))
      expect(properties[field]?.type, field).toBe('keyword')
  })

  it('and that the forwarder takes from the lines the SDKs print', () => {
    const batch = { messageType: 'DATA_MESSAGE' as const, logGroup: 'g', logStream: 's', logEvents: [] }
    const documents = sdk.lines.map((line) =>
      toDocument({ id: '1', timestamp: 0, message: JSON.stringify(line) }, batch),
    )
    const indexed = new Set(documents.flatMap((document) => Object.keys(document)))
    expect([...fields].filter((field) => !indexed.has(field))).toEqual([])
    expect(Object.keys(properties).filter((field) => !indexed.has(field))).toEqual([])
  })

  it('and the README lists all of them, and asks in its examples for no other', () => {
    const readme = readFileSync(`${infraRoot}README.md`, 'utf8')
    const section = readme.split('## Read the logs')[1]?.split('\n## ')[0] ?? ''
    const listed = section.split('searchable fields are')[1]?.split('and the text of')[0] ?? ''
    const searchable = Object.keys(properties).filter(
      (name) => !/^(@timestamp|message|logStream)$/.test(name),
    )
    expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(searchable.sort())
    const rows = section.split('\n').filter((line) => /^\| \w.*`/.test(line))
    expect(rows.length).toBeGreaterThan(3)
    const printed = new Set(['@timestamp', ...sdk.lines.flatMap((line) => Object.keys(line))])
    for (const row of rows) {
      const [, , insights = '', lucene = ''] = row.split(/(?<!\\)\|/)
      const asked = [...insights.matchAll(/(?:filter|and|sort) ([@\w]+)/g)].map(([, name = '']) => name)
      expect(asked.filter((name) => !printed.has(name))).toEqual([])
      const fields = [...lucene.matchAll(/(\w+):/g)].map(([, name = '']) => name)
      expect(fields.length, row).toBeGreaterThan(0)
      for (const name of fields) expect(properties, row).toHaveProperty([name])
    }
  })
})
