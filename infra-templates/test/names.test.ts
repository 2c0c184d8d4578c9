import { describe, expect, it } from 'vitest'
import { readTemplates } from '../templates/readTemplates.ts'

/** The longest that each service takes, by property. From the API reference of the service. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'AWS::ApiGatewayV2::Api': { Name: 128 },
  'AWS::ApplicationAutoScaling::ScalingPolicy': { PolicyName: 256 },
  'AWS::CloudFront::CachePolicy': { 'CachePolicyConfig.Name': 128 },
  'AWS::CloudFront::Function': { Name: 64 },
  'AWS::CloudFront::ResponseHeadersPolicy': { 'ResponseHeadersPolicyConfig.Name': 128 },
  'AWS::CloudFront::VpcOrigin': { 'VpcOriginEndpointConfig.Name': 64 },
  'AWS::CloudWatch::Alarm': { AlarmName: 255 },
  'AWS::CloudWatch::Dashboard': { DashboardName: 255 },
  'AWS::ECS::Cluster': { ClusterName: 255 },
  'AWS::ECS::TaskDefinition': { Family: 255 },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { Name: 32 },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { Name: 32 },
  'AWS::Grafana::Workspace': { Name: 255 },
  'AWS::Lambda::Function': { FunctionName: 64 },
  'AWS::Logs::LogGroup': { LogGroupName: 512 },
  'AWS::Logs::SubscriptionFilter': { FilterName: 512 },
  'AWS::OpenSearchService::Domain': { DomainName: 28 },
  'AWS::RDS::DBInstance': { DBInstanceIdentifier: 63 },
  'AWS::ResourceGroups::Group': { Name: 128 },
  'AWS::S3::Bucket': { BucketName: 63 },
  'AWS::SNS::Topic': { TopicName: 256, DisplayName: 100 },
  'AWS::SQS::Queue': { QueueName: 80 },
  'AWS::SecretsManager::Secret': { Name: 512 },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': { Name: 253 },
}

const LONGEST: Readonly<Record<string, string>> = {
  Project: 'p'.repeat(12),
  Environment: 'e'.repeat(8),
  'AWS::AccountId': '1'.repeat(12),
  'AWS::Region': 'ap-northeast-1',
}

/** Properties that are made from the project or the environment and are called a name, with their path. */
const namesIn = (value: unknown, path: readonly string[] = []): [string, string][] => {
  if (typeof value !== 'object' || value === null) return []
  const text = (value as { 'Fn::Sub'?: unknown })['Fn::Sub']
  if (typeof text === 'string') {
    const isName = /(Name|Family|Identifier)$/.test(path.at(-1) ?? '')
    return isName && /\$\{(Project|Environment)\}/.test(text) ? [[path.join('.'), text]] : []
  }
  return Object.entries(value).flatMap(([key, item]) => namesIn(item, [...path, key]))
}

const templates = readTemplates()
const names = templates.flatMap(({ file, template }) =>
  Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) =>
    namesIn(Properties).map(([path, text]) => ({ file, logicalId, Type, path, text })),
  ),
)

describe('names', () => {
  it.each(templates.map(({ file, template }) => [file, template] as const))(
    '%s allows as many letters of project and environment as this test assumes',
    (_, { Parameters = {} }) => {
      for (const name of ['Project', 'Environment'] as const) {
        const { MaxLength, AllowedPattern } = Parameters[name] ?? {}
        expect(MaxLength, name).toBe(LONGEST[name]?.length)
        expect(AllowedPattern, name).toBe(templates[0]?.template.Parameters?.[name]?.AllowedPattern)
      }
    },
  )

  it('fit the service at their longest', () => {
    expect(names.length).toBeGreaterThan(80)
    const tooLong = names.flatMap(({ file, logicalId, Type, path, text }) => {
      const limit = LIMITS[Type]?.[path]
      if (!limit) return [`${file} ${logicalId}: no limit is written down for ${path} of ${Type}`]
      const name = text.replace(/\$\{([\w:]+)\}/g, (_, key: string) => LONGEST[key] ?? `unknown ${key}`)
      return name.length > limit ? [`${file} ${logicalId}: ${name} has ${name.length} of ${limit}`] : []
    })
    expect(tooLong).toEqual([])
  })

  it('are names to RDS and the load balancer, which take no double or trailing hyphen', () => {
    const { AllowedPattern = '' } = templates[0]?.template.Parameters?.Project ?? {}
    const pattern = new RegExp(`^(${AllowedPattern})$`)
    for (const good of ['observe', 'my-app', 'a1']) expect(good).toMatch(pattern)
    for (const bad of ['my--app', 'app-', '-app', '1app', 'App', 'a']) expect(bad).not.toMatch(pattern)
  })
})
