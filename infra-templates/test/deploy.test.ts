import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeZip } from '../scripts/writeZip.ts'
import { type Emulator, type ResolvedResource, startEmulator } from './emulator/start.ts'
import { infraRoot } from './root.ts'

/** What the README says to type; the test takes the commands from there, so that they cannot rot. */
const readmeCommands = (section: string): string => {
  const readme = readFileSync(`${infraRoot}/README.md`, 'utf8')
  const body = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0]
  if (!body) throw new Error(`README.md has no section "${section}"`)
  const blocks = [...body.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1])
  if (blocks.length === 0) throw new Error(`README.md has no commands under "${section}"`)
  return blocks.join('\n')
}

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator?.stop())

const DEPLOY = (name: string, parameters: string): string =>
  `aws cloudformation deploy --stack-name ${name} --template-file build/packaged.yaml --s3-bucket observe-artifacts \
    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameter-overrides ${parameters} \
    --tags $(cat build/tags.txt) Environment=test > /dev/null`

const outputsOf = async (name: string): Promise<Record<string, string>> => {
  const { Stacks } = JSON.parse(await emulator.aws('cloudformation', 'describe-stacks', '--stack-name', name))
  return Object.fromEntries(
    (Stacks[0].Outputs ?? []).map((output: { OutputKey: string; OutputValue: string }) => [
      output.OutputKey,
      output.OutputValue,
    ]),
  )
}

const of = (type: string, resources: ResolvedResource[]): ResolvedResource[] =>
  resources.filter((resource) => resource.action === 'resolve' && resource.type === type)

describe('the README from an empty account', () => {
  it('packages and deploys everything, with every reference resolved', async () => {
    await emulator.shell(readmeCommands('Deploy'))
    const resources = emulator.journal()
    expect(resources.length).toBeGreaterThan(200)
    const unresolved = resources.filter((resource) =>
      /\$\{[A-Z][\w.]*\}/.test(JSON.stringify(resource.properties)),
    )
    expect(unresolved.map(({ type, logicalId }) => `${type} ${logicalId}`)).toEqual([])
  })

  it('gives the values that the browser SDK and people need', async () => {
    const outputs = await outputsOf('observe-prod')
    expect(Object.keys(outputs).sort()).toMatchInlineSnapshot(`
      [
        "AlarmTopicArn",
        "CollectorEndpoint",
        "CostDashboardName",
        "GrafanaUrl",
        "IngestPoint",
        "LogForwarderArn",
        "OpenSearchUrl",
        "ProjectKeySecretArn",
        "ReplayAdminSecretArn",
        "ReplayUrl",
        "UmamiAdminSecretArn",
        "UmamiHost",
        "UmamiUrl",
        "UmamiViewerSecretArn",
        "UmamiWebsiteId",
      ]
    `)
    expect(outputs.CollectorEndpoint).toMatch(/^https:\/\/.*\/v1\/events$/)
    expect(outputs.IngestPoint).toMatch(/^https:\/\/.*\/ingest$/)
  })

  it('lets people read the passwords and the project key', async () => {
    const secrets = (await emulator.shell(readmeCommands('See data in all three'))).trim().split('\n')
    expect(secrets).toEqual(['generated', 'generated', 'generated'])
  })

  it('wires the parts to each other', () => {
    const resources = emulator.journal()
    const bucket = of('AWS::S3::Bucket', resources).find(({ logicalId }) => logicalId === 'RecordingsBucket')
    const replay = of('AWS::CloudFront::Distribution', resources).find(
      ({ logicalId }) => logicalId === 'ReplayInterface',
    )
    expect(JSON.stringify(bucket?.properties.CorsConfiguration)).toContain(replay?.name.toLowerCase())

    const rules = of('AWS::ElasticLoadBalancingV2::ListenerRule', resources)
    expect(rules).toHaveLength(2)
    for (const rule of rules)
      expect(JSON.stringify(rule.properties)).toContain(
        '"HttpHeaderName": "x-observe-origin"'.replace(': ', ':'),
      )

    const retention = of('AWS::Lambda::Function', resources).find(({ properties }) =>
      String(properties.FunctionName).endsWith('openreplay-retention'),
    )
    expect(retention?.properties.Environment).toMatchObject({
      Variables: { CLICKHOUSE_URL: 'http://clickhouse.prod.observe.internal:8123', RETENTION_DAYS: 30 },
    })
    const subscriptions = of('AWS::Logs::SubscriptionFilter', resources)
    expect(subscriptions.map(({ properties }) => properties.LogGroupName)).toEqual([
      '/aws/lambda/observe-prod-collector',
    ])
  })

  it('budget: 150 USD with alerts at 80 and 100 % actual and 100 % forecast, to a topic with an e-mail', () => {
    const [budget] = of('AWS::Budgets::Budget', emulator.journal())
    expect(budget?.properties.Budget).toMatchObject({
      BudgetLimit: { Amount: 150, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
    })
    const alerts = budget?.properties.NotificationsWithSubscribers as {
      Notification: Record<string, unknown>
      Subscribers: { Address: string }[]
    }[]
    expect(
      alerts.map(({ Notification }) => `${Notification.NotificationType} ${Notification.Threshold}`),
    ).toEqual(['ACTUAL 80', 'ACTUAL 100', 'FORECASTED 100'])
    expect(alerts[0]?.Subscribers[0]?.Address).toContain('observe-prod-alarms')
    const [subscription] = of('AWS::SNS::Subscription', emulator.journal())
    expect(subscription?.properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'observability@example.com',
    })
  })

  it('creates real resources in the account', async () => {
    const { Buckets } = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    const names = Buckets.map((bucket: { Name: string }) => bucket.Name)
    expect(names).toContain('observe-prod-recordings-123456789012-us-east-1')
    const { Subnets } = JSON.parse(
      await emulator.aws('ec2', 'describe-subnets', '--filters', 'Name=tag:Component,Values=network'),
    )
    expect(Subnets.map((subnet: { CidrBlock: string }) => subnet.CidrBlock).sort()).toEqual([
      '10.20.0.0/27',
      '10.20.0.128/26',
      '10.20.0.32/27',
      '10.20.0.64/26',
    ])
    const { NatGateways } = JSON.parse(await emulator.aws('ec2', 'describe-nat-gateways'))
    expect(NatGateways).toHaveLength(1)
    const { services } = JSON.parse(
      await emulator.aws(
        'ecs',
        'describe-services',
        '--cluster',
        'observe-prod',
        '--services',
        'umami',
        'openreplay',
        'clickhouse',
      ),
    )
    expect(services).toHaveLength(3)
  })

  it('tags reach what was deployed, as npm run infra:tags sees it', async () => {
    const report = await emulator.shell('npm run --silent infra:tags -- --stack observe-prod')
    expect(report).toContain('every tagged resource carries')
  })

  it('deploys each part alone, with the outputs of the others as parameters', async () => {
    const parts = of('AWS::CloudFormation::Stack', emulator.journal())
    expect(parts).toHaveLength(17)
    const deploy = ({ logicalId, properties }: ResolvedResource, over: Record<string, string>): string => {
      const given = { ...(properties.Parameters as Record<string, unknown>), Environment: 'alone', ...over }
      const parameters = Object.entries(given).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: String(value),
      }))
      return `aws cloudformation create-stack --stack-name alone-${logicalId} --template-url '${properties.TemplateURL}' \
        --capabilities CAPABILITY_IAM --parameters '${JSON.stringify(parameters)}' > /dev/null`
    }
    const [platform, ...others] = [...parts].sort((a) => (a.logicalId === 'Platform' ? -1 : 0))
    if (platform) await emulator.shell(deploy(platform, {}))
    // A listener takes one rule of a priority, so the services alone get the listener of the platform alone.
    const { ListenerArn = '' } = await outputsOf('alone-Platform')
    const commands = others.map((part) =>
      deploy(part, 'ListenerArn' in (part.properties.Parameters as object) ? { ListenerArn } : {}),
    )
    await emulator.shell(commands.join('\n'))
    const { StackSummaries } = JSON.parse(
      await emulator.aws('cloudformation', 'list-stacks', '--stack-status-filter', 'CREATE_COMPLETE'),
    )
    const made = StackSummaries.filter(({ StackName }: { StackName: string }) =>
      StackName.startsWith('alone-'),
    )
    expect(made).toHaveLength(17)
  })

  it('the other commands of the README work too', async () => {
    const commands = ['One part at a time', 'Check'].map(readmeCommands).join('\n')
    const output = await emulator.shell(`export ARTIFACTS=observe-artifacts\n${commands}`)
    expect(output).toContain('USD a month')
    expect(output).toContain('every tagged resource carries')
  })

  it('a separate repository deploys the release as its page says', async () => {
    const page = readFileSync(`${infraRoot}docs/separate-repository.md`, 'utf8')
    const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]).join('\n')
    expect(commands).toContain('sha256sum -c')
    const folder = mkdtempSync(join(tmpdir(), 'observe-consumer-'))
    try {
      const { sha256 } = writeZip(
        join(folder, 'observe-infra-0.0.0.zip'),
        `${infraRoot}build`,
        'observe-infra-0.0.0',
      )
      await emulator.shell(
        `cd ${folder}\nexport ARTIFACTS=observe-artifacts OBSERVE_SHA256=${sha256}\n${commands} > /dev/null`,
      )
      expect(await outputsOf('observe-release')).toHaveProperty('CollectorEndpoint')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('updates in place', async () => {
    emulator.forget()
    await emulator.shell(readmeCommands('Update'))
    const stage = of('AWS::ApiGatewayV2::Stage', emulator.journal())
    expect(stage.at(-1)?.properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200 })
    const { Buckets } = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    expect(
      Buckets.filter((bucket: { Name: string }) => bucket.Name.startsWith('observe-prod-recordings')),
    ).toHaveLength(1)
  })

  it('teardown leaves what holds data', async () => {
    emulator.forget()
    await emulator.shell(readmeCommands('Tear down'))
    const deleted = emulator.journal().filter(({ action }) => action === 'delete')
    expect(deleted.map(({ type }) => type)).toContain('AWS::ECS::Service')
    const { Buckets } = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    const names = Buckets.map((bucket: { Name: string }) => bucket.Name)
    expect(names).toContain('observe-prod-recordings-123456789012-us-east-1')
    expect(names).toContain('observe-prod-log-archive-123456789012-us-east-1')
    const kept = [
      'AWS::EFS::FileSystem',
      'AWS::RDS::DBInstance',
      'AWS::Logs::LogGroup',
      'AWS::OpenSearchService::Domain',
      'AWS::SQS::Queue',
    ]
    expect(deleted.filter(({ type }) => kept.includes(type))).toEqual([])
    const { logGroups } = JSON.parse(await emulator.aws('logs', 'describe-log-groups'))
    expect(logGroups.length).toBeGreaterThan(10)
  })
})

describe('switches', () => {
  it('everything off deploys the collector alone, without a network', async () => {
    emulator.forget()
    await emulator.shell(
      DEPLOY(
        'observe-min',
        'Environment=min EnableUmami=false EnableOpenReplay=false EnableGrafana=false EnableLogSearch=false',
      ),
    )
    const types = new Set(emulator.journal().map(({ type }) => type))
    for (const type of [
      'AWS::EC2::VPC',
      'AWS::ECS::Cluster',
      'AWS::Grafana::Workspace',
      'AWS::OpenSearchService::Domain',
      'AWS::RDS::DBInstance',
    ]) {
      expect(types, type).not.toContain(type)
    }
    expect(Object.keys(await outputsOf('observe-min')).sort()).toEqual([
      'AlarmTopicArn',
      'CollectorEndpoint',
      'CostDashboardName',
    ])
  })

  it('an existing VPC and Aurora are used and not created', async () => {
    const vpc = JSON.parse(await emulator.aws('ec2', 'create-vpc', '--cidr-block', '10.9.0.0/16')).Vpc.VpcId
    const subnets: string[] = []
    for (const [cidr, zone] of [
      ['10.9.1.0/24', 'us-east-1a'],
      ['10.9.2.0/24', 'us-east-1b'],
    ] as const) {
      const made = await emulator.aws(
        'ec2',
        'create-subnet',
        '--vpc-id',
        vpc,
        '--cidr-block',
        cidr,
        '--availability-zone',
        zone,
      )
      subnets.push(JSON.parse(made).Subnet.SubnetId)
    }
    const group = JSON.parse(
      await emulator.aws(
        'ec2',
        'create-security-group',
        '--group-name',
        'aurora',
        '--description',
        'aurora',
        '--vpc-id',
        vpc,
      ),
    ).GroupId
    emulator.forget()
    await emulator.shell(
      DEPLOY(
        'observe-own',
        `Environment=own ExistingVpcId=${vpc} ExistingTaskSubnetIds=${subnets.join(',')} UseSpot=false AuthProvider=SAML SamlMetadataUrl=https://idp.example.org/m \
         ExistingDatabaseHost=aurora.example.internal ExistingDatabaseName=app ExistingDatabaseSecurityGroupId=${group} \
         ExistingDatabaseMasterSecretArn=arn:aws:secretsmanager:us-east-1:123456789012:secret:aurora-AbCdEf`,
      ),
    )
    const resources = emulator.journal()
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::NatGateway', 'AWS::RDS::DBInstance'])
      expect(of(type, resources), type).toEqual([])
    const bootstraps = of('Custom::DatabaseBootstrap', resources)
    expect(
      bootstraps.map(({ properties }) => [properties.Kind, properties.Host, properties.Database]),
    ).toEqual([
      ['schema', 'aurora.example.internal', 'app'],
      ['database', 'aurora.example.internal', 'app'],
    ])
    const ingress = of('AWS::EC2::SecurityGroupIngress', resources).filter(
      ({ properties }) => properties.GroupId === group,
    )
    expect(ingress).toHaveLength(3)
    for (const service of of('AWS::ECS::Service', resources)) {
      expect(service.properties.CapacityProviderStrategy).toEqual([
        { CapacityProvider: 'FARGATE', Weight: 1 },
      ])
      expect(JSON.stringify(service.properties.NetworkConfiguration)).toContain(subnets[0])
    }
    const [workspace] = of('AWS::Grafana::Workspace', resources)
    expect(workspace?.properties).toMatchObject({ AuthenticationProviders: ['SAML'] })
  })

  it('without a NAT gateway tasks get public addresses and functions a secrets endpoint', async () => {
    emulator.forget()
    await emulator.shell(
      DEPLOY('observe-nonat', 'Environment=nonat EnableNat=false EnableGrafana=false EnableLogSearch=false'),
    )
    const resources = emulator.journal()
    expect(of('AWS::EC2::NatGateway', resources)).toEqual([])
    expect(of('AWS::EC2::VPCEndpoint', resources).map(({ properties }) => properties.ServiceName)).toContain(
      'com.amazonaws.us-east-1.secretsmanager',
    )
    for (const service of of('AWS::ECS::Service', resources)) {
      expect(JSON.stringify(service.properties.NetworkConfiguration)).toContain('"AssignPublicIp":"ENABLED"')
    }
  })
})
