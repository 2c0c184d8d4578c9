import type { PlannedResource } from './evaluate.ts'
import prices from './prices.json' with { type: 'json' }
import type { Usage } from './usage.ts'

/** One line of the bill. */
export interface CostLine {
  component: string
  item: string
  usd: number
}

const HOURS = prices.hoursPerMonth
type Price = (resource: PlannedResource, usage: Usage, all: readonly PlannedResource[]) => CostLine[]

const number = (value: unknown): number => {
  const parsed = Number(value)
  if (Number.isNaN(parsed)) throw new Error(`${String(value)} is not a number`)
  return parsed
}

const lookup = (table: Readonly<Record<string, number>>, key: unknown): number => {
  const price = table[String(key)]
  if (price === undefined) throw new Error(`prices.json has no price for ${String(key)}`)
  return price
}

const line = (component: string, item: string, usd: number): CostLine => ({ component, item, usd })

/** Price of a service: what its task definition asks for, how many tasks, and where they run. */
const fargate: Price = ({ stack, properties }, _usage, all) => {
  const task = all.find((one) => one.stack === stack && one.type === 'AWS::ECS::TaskDefinition')?.properties
  if (!task) throw new Error(`${stack} has a service without a task definition`)
  const arm = (task.RuntimePlatform as { CpuArchitecture: string }).CpuArchitecture === 'ARM64'
  const vcpu = number(task.Cpu) / 1_024
  const gb = number(task.Memory) / 1_024
  const [strategy] = properties.CapacityProviderStrategy as { CapacityProvider: string }[]
  const spot = strategy?.CapacityProvider === 'FARGATE_SPOT'
  const hour = arm
    ? vcpu * prices.fargateArmVcpuHour + gb * prices.fargateArmGbHour
    : vcpu * prices.fargateX86VcpuHour + gb * prices.fargateX86GbHour
  const tasks = number(properties.DesiredCount)
  const name = `${String(properties.ServiceName)}: ${tasks} x ${vcpu} vCPU, ${gb} GB, ${arm ? 'ARM' : 'x86'}${spot ? ', Spot' : ''}`
  const usd = tasks * hour * HOURS * (spot ? prices.fargateSpotShare : 1)
  // A public address of its own, where there is no NAT gateway.
  const network = (properties.NetworkConfiguration as { AwsvpcConfiguration: { AssignPublicIp: string } })
    .AwsvpcConfiguration
  const address =
    network.AssignPublicIp === 'ENABLED'
      ? [line('Network', 'public address of a task', tasks * prices.publicIpv4Hour * HOURS)]
      : []
  return [line('Fargate', name, usd), ...address]
}

const PRICED: Readonly<Record<string, Price>> = {
  'AWS::EC2::NatGateway': (_, { natGb }) => [
    line('Network', 'NAT gateway', prices.natGatewayHour * HOURS),
    line('Network', `NAT data, ${natGb} GB`, prices.natGatewayGb * natGb),
  ],
  'AWS::EC2::EIP': () => [line('Network', 'public address', prices.publicIpv4Hour * HOURS)],
  'AWS::EC2::VPCEndpoint': ({ properties }) =>
    properties.VpcEndpointType === 'Interface'
      ? [
          line(
            'Network',
            'interface endpoint',
            [properties.SubnetIds].flat().length * prices.interfaceEndpointHour * HOURS,
          ),
        ]
      : [],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (_, { lcu }) => [
    line('Load balancer', 'internal load balancer', prices.albHour * HOURS),
    line('Load balancer', `${lcu} capacity units`, prices.albLcuHour * lcu * HOURS),
  ],
  'AWS::ECS::Service': fargate,
  'AWS::RDS::DBInstance': ({ properties }) => {
    const copies = String(properties.MultiAZ) === 'true' ? 2 : 1
    return [
      line(
        'Database',
        `${String(properties.DBInstanceClass)}${copies > 1 ? ', two zones' : ''}`,
        copies * lookup(prices.rdsInstanceHour, properties.DBInstanceClass) * HOURS,
      ),
      line(
        'Database',
        `${String(properties.AllocatedStorage)} GB`,
        copies * prices.rdsGp3Gb * number(properties.AllocatedStorage),
      ),
    ]
  },
  'AWS::EFS::FileSystem': (_, { clickHouseGb, efsReadGb, efsWriteGb }) => [
    line('EFS', `${clickHouseGb} GB with backup`, clickHouseGb * (prices.efsGb + prices.efsBackupGb)),
    line(
      'EFS',
      'read and written',
      efsReadGb * prices.efsElasticReadGb + efsWriteGb * prices.efsElasticWriteGb,
    ),
  ],
  'AWS::OpenSearchService::Domain': ({ properties }) => {
    const { InstanceType, InstanceCount } = properties.ClusterConfig as {
      InstanceType: string
      InstanceCount: unknown
    }
    const { VolumeSize } = properties.EBSOptions as { VolumeSize: unknown }
    const count = number(InstanceCount)
    return [
      line(
        'OpenSearch',
        `${count} x ${InstanceType}`,
        count * lookup(prices.openSearchInstanceHour, InstanceType) * HOURS,
      ),
      line(
        'OpenSearch',
        `${count} x ${String(VolumeSize)} GB`,
        count * prices.openSearchGp3Gb * number(VolumeSize),
      ),
    ]
  },
  'AWS::S3::Bucket': ({ logicalId }, { sessions, recordingMb, applicationLogGb }) => {
    if (logicalId === 'RecordingsBucket') {
      const gb = (sessions * recordingMb) / 1_000
      // Three objects a session, kept for a month.
      const thousands = (sessions * 3) / 1_000
      return [
        line(
          'S3',
          'recordings',
          gb * prices.s3Gb + thousands * (prices.s3Put1000 + prices.s3IntelligentTieringMonitor1000),
        ),
      ]
    }
    // A year of logs, compressed tenfold, in a few hundred objects a month.
    return [
      line(
        'S3',
        logicalId === 'LogArchiveBucket' ? 'log archive' : 'source maps',
        (applicationLogGb * 12 * prices.s3GlacierIrGb) / 10 + prices.s3GlacierIrPut1000,
      ),
    ]
  },
  'AWS::CloudFront::MonitoringSubscription': () => [
    line('CloudFront', 'eight additional metrics', prices.cloudFrontAdditionalMetricsMonth),
  ],
  'AWS::SecretsManager::Secret': () => [line('Secrets', 'secrets', prices.secretMonth)],
  'AWS::Grafana::Workspace': (_, { grafanaEditors, grafanaViewers, dashboardHours }) => [
    line(
      'Grafana',
      `${grafanaEditors} editor, ${grafanaViewers} viewers`,
      grafanaEditors * prices.grafanaEditor + grafanaViewers * prices.grafanaViewer,
    ),
    // About 60 metrics a dashboard, every five minutes while it is open.
    line('Grafana', 'metric queries', (dashboardHours * 12 * 60 * prices.getMetricData1000) / 1_000),
  ],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': () => [
    line('Network', 'private zone', prices.hostedZoneMonth),
  ],
  'AWS::ApiGatewayV2::Api': (_, { sessions, pageViews }) => [
    // Two batches a page view and one at the end of a session.
    line('Collector', 'HTTP API requests', ((pageViews * 2 + sessions) / 1e6) * prices.httpApiMillion),
  ],
}

/** Types that cost nothing, or whose cost is in a line of another or in the shared lines below. */
const FREE = new Set([
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::VpcOrigin',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Budgets::Budget',
  'AWS::EC2::FlowLog',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::SubscriptionFilter',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::ResourceGroups::Group',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::ServiceDiscovery::Service',
])

const over = (used: number, free: number): number => Math.max(used - free, 0)

/** Lines whose free tier covers the account, not each resource. */
const shared = (resources: readonly PlannedResource[], usage: Usage): CostLine[] => {
  const count = (type: string): number => resources.filter((one) => one.type === type).length
  const { sessions, pageViews, applicationLogGb, metricSeries, dashboardHours } = usage
  // The collector's lines, containers' lines, and what Insights reads when a log panel is open.
  // OpenReplay's two tasks write to one log group.
  const containerLogs = resources.filter(({ type, logicalId, stack }) => {
    const isLog = type === 'AWS::Logs::LogGroup' && logicalId === 'LogGroup'
    return isLog && resources.some((one) => one.stack === stack && one.type === 'AWS::ECS::Service')
  })
  const logGb = applicationLogGb + pageViews * 0.00002 + containerLogs.length * 1
  const invocations = pageViews * 2 + sessions + count('AWS::Events::Rule') * 4_500
  const edgeRequests = pageViews * 12 + sessions * 40
  return [
    line(
      'CloudWatch',
      `${logGb.toFixed(1)} GB of logs`,
      over(logGb, prices.logsFreeGb) * prices.logsIngestGb + logGb * 3 * prices.logsStoredGb,
    ),
    line(
      'CloudWatch',
      `${metricSeries} metrics`,
      over(metricSeries, prices.metricsFree) * prices.metricMonth,
    ),
    line(
      'CloudWatch',
      `${count('AWS::CloudWatch::Alarm')} alarms`,
      over(count('AWS::CloudWatch::Alarm'), prices.alarmsFree) * prices.alarmMonth,
    ),
    line(
      'CloudWatch',
      `${count('AWS::CloudWatch::Dashboard')} dashboard`,
      over(count('AWS::CloudWatch::Dashboard'), prices.dashboardsFree) * prices.dashboardMonth,
    ),
    line('CloudWatch', 'log queries', (dashboardHours / 4) * logGb * 0.05 * prices.insightsScannedGb),
    line(
      'Lambda',
      `${Math.round(invocations / 1_000)} thousand invocations`,
      over(invocations / 1e6, prices.lambdaFreeMillion) * prices.lambdaMillion +
        over(invocations * 0.1 * 0.5, prices.lambdaFreeGbSeconds) * prices.lambdaArmGbSecond,
    ),
    line(
      'CloudFront',
      `${Math.round(edgeRequests / 1_000)} thousand requests`,
      over(edgeRequests / 1e6, prices.cloudFrontFreeMillion) * prices.cloudFrontMillionHttps,
    ),
    line('Budget', 'budget', over(count('AWS::Budgets::Budget'), prices.budgetsFree) * prices.budgetMonth),
  ]
}

/** Prices every resource. @throws Error on a type that is neither priced nor known to be free: nothing is left out by accident. */
export const monthlyCost = (resources: readonly PlannedResource[], usage: Usage): CostLine[] => {
  const lines = resources.flatMap((resource) => {
    const price = PRICED[resource.type]
    if (price) return price(resource, usage, resources)
    if (FREE.has(resource.type) || resource.type.startsWith('Custom::')) return []
    throw new Error(
      `cost/model.ts does not know what ${resource.type} (${resource.stack}.${resource.logicalId}) costs`,
    )
  })
  return [...lines, ...shared(resources, usage)]
}

/** Sum by component, dearest first. */
export const byComponent = (lines: readonly CostLine[]): [string, number][] => {
  const sums = new Map<string, number>()
  for (const { component, usd } of lines) sums.set(component, (sums.get(component) ?? 0) + usd)
  return [...sums].sort((a, b) => b[1] - a[1])
}

/** Sum of everything. */
export const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0)
