import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeZip } from '../scripts/writeZip.ts'
import { type Emulator, type ResolvedResource, startEmulator } from './emulator/start.ts'
import { startFirstEvent } from './firstEvent.ts'
import { inShell, readmeBlocks, readmeCommands, sectionsRun, sectionsWithCommands } from './readme.ts'
import { infraRoot } from './root.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator?.stop())

/** The bucket that step 1 of the README makes. */
const ARTIFACTS = 'observe-artifacts-123456789012-us-east-1'

const DEPLOY = (name: string, parameters: string): string =>
  `aws cloudformation deploy --stack-name ${name} --template-file build/packaged.yaml --s3-bucket ${ARTIFACTS} \
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

/** Step 3 of the README: the parameter file as a reader edits it, with the ids that step 2 printed. */
const withParameters = (commands: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'observe-parameters-')), 'prod.txt')
  const text = readFileSync(`${infraRoot}parameters/prod.txt`, 'utf8')
    .replace('GrafanaAdminUserIds=', `GrafanaAdminUserIds=${people.administrator}`)
    .replace('GrafanaViewerGroupIds=', `GrafanaViewerGroupIds=${people.viewers}`)
  writeFileSync(file, text)
  return commands.replaceAll('build/parameters/prod.txt', file)
}
const people = { administrator: '', viewers: '' }

/** Environment of a deployed function. */
const variablesOf = (name: string): Record<string, string> => {
  const [found] = of('AWS::Lambda::Function', emulator.journal()).filter(
    ({ properties }) => properties.FunctionName === name,
  )
  if (!found) throw new Error(`no function ${name} was deployed`)
  return (found.properties.Environment as { Variables: Record<string, string> }).Variables
}

describe('the README from an empty account', () => {
  it('shows who may open Grafana, by name and id', async () => {
    await emulator.aws('organizations', 'create-organization', '--feature-set', 'ALL')
    const { Instances } = JSON.parse(await emulator.aws('sso-admin', 'list-instances'))
    const store = ['--identity-store-id', Instances[0].IdentityStoreId]
    const user = ['--user-name', 'owner', '--display-name', 'Owner', '--name', 'GivenName=O,FamilyName=O']
    const made = JSON.parse(await emulator.aws('identitystore', 'create-user', ...store, ...user))
    const group = ['--display-name', 'Product']
    const grouped = JSON.parse(await emulator.aws('identitystore', 'create-group', ...store, ...group))
    Object.assign(people, { administrator: made.UserId, viewers: grouped.GroupId })
    const shown = await emulator.shell(inShell(readmeBlocks('Deploy')[1] ?? ''))
    expect(shown).toMatch(/^o-\w+\s+123456789012$/m)
    expect(shown).toMatch(new RegExp(`owner.*${people.administrator}`))
    expect(shown).toMatch(new RegExp(`Product.*${people.viewers}`))
  })

  it('refuses a Grafana that nobody could log in to, before anything is made', async () => {
    const [prepare = '', , deploy = ''] = readmeBlocks('Deploy')
    const prepared = await emulator.shell(inShell(prepare))
    expect(prepared).toMatch(/us-east-1a \|\s+use1-az\d/)
    expect(prepared).toMatch(/^com\.amazonaws\.global\.cloudfront\.origin-facing\s+pl-\w+$/m)
    emulator.forget()
    const refused = inShell(deploy).replaceAll('observe-prod', 'observe-nobody')
    await expect(emulator.shell(refused)).rejects.toThrow(
      'Nobody could log in to Grafana. Set GrafanaAdminUserIds or GrafanaAdminGroupIds',
    )
    expect(emulator.journal()).toEqual([])
  })

  it('packages and deploys everything, with every reference resolved', async () => {
    const deploy = readmeBlocks('Deploy')[2] ?? ''
    await emulator.shell(inShell(withParameters(deploy)))
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
    const [passwords = ''] = readmeBlocks('See data in all three')
    const secrets = (await emulator.shell(inShell(passwords))).trim().split('\n')
    expect(secrets).toEqual(['generated', 'generated', 'generated'])
  })

  it('sends a first event that collector and Umami accept, and finds it again', async () => {
    const server = await startFirstEvent(emulator, {
      // Without CloudFront, as nothing stands between curl and the function here.
      environment: { ...variablesOf('observe-prod-collector'), OBSERVE_ORIGIN_SECRET_ARN: '' },
      logGroup: '/aws/lambda/observe-prod-collector',
      websiteId: (await outputsOf('observe-prod')).UmamiWebsiteId ?? '',
    })
    try {
      const [, firstEvent = ''] = readmeBlocks('See data in all three')
      const shown = await emulator.shell(inShell(server.curl, firstEvent))
      expect(shown).toContain('"accepted":1')
      expect(shown).toContain('"visitId":"v"')
      expect(shown).toContain('"pagePath":"/hello"')
      expect(shown).toMatch(/"Name": "app",\s+"Value": "hello"/)
      expect(server.requests.map(({ path }) => path)).toEqual(['/v1/events', '/api/send'])
    } finally {
      server.close()
    }
  })

  it('assigns the roles that the parameter file names', () => {
    const [content] = of('Custom::GrafanaProvision', emulator.journal())
    expect(content?.properties).toMatchObject({
      AdminUserIds: people.administrator,
      ViewerGroupIds: people.viewers,
    })
  })

  it('sends dead letters again, each once', async () => {
    const queue = ['--queue-url', `${emulator.endpoint}/123456789012/observe-prod-log-forwarder-dead`]
    const sqs = (...args: string[]): Promise<string> =>
      emulator.aws('--endpoint-url', emulator.endpoint, 'sqs', ...args, ...queue)
    for (const data of ['first', 'second'])
      await sqs('send-message', '--message-body', JSON.stringify({ awslogs: { data } }))
    await emulator.shell(readmeCommands('Send lost log lines again'))
    expect(readFileSync(`${infraRoot}build/dead-letter.json`, 'utf8')).toMatch(
      /^\{"awslogs":\{"data":"(first|second)"\}\}$/,
    )
    const left = await sqs('get-queue-attributes', '--attribute-names', 'All')
    expect(JSON.parse(left).Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    })
  })

  it('tells why a deployment failed, part by part', async () => {
    // This one has not, so there is nothing to tell.
    expect((await emulator.shell(readmeCommands('When a deployment fails'))).trim()).toBe('')
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
        'openreplay-workers',
        'clickhouse',
      ),
    )
    expect(services).toHaveLength(4)
  })

  it('tags reach what was deployed, as npm run infra:tags sees it', async () => {
    const report = await emulator.shell('npm run --silent infra:tags -- --stack observe-prod')
    expect(report).toContain('every tagged resource carries')
  })

  it('deploys each part alone, with the outputs of the others as parameters', async () => {
    const parts = of('AWS::CloudFormation::Stack', emulator.journal())
    expect(parts).toHaveLength(18)
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
    expect(made).toHaveLength(18)
  })

  it('the other commands of the README work too', async () => {
    const commands = ['One part at a time', 'Check'].map(readmeCommands).join('\n')
    const output = await emulator.shell(commands)
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
        `cd ${folder}\nexport ARTIFACTS=${ARTIFACTS} OBSERVE_SHA256=${sha256}\n${commands} > /dev/null`,
      )
      expect(await outputsOf('observe-release')).toHaveProperty('CollectorEndpoint')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('deployments of one account neither keep, export nor index the log groups of each other', async () => {
    await emulator.shell(
      DEPLOY(
        'observe-stage',
        'Environment=stage EnableUmami=false EnableOpenReplay=false EnableGrafana=false',
      ),
    )
    const resources = emulator.journal()
    const { logGroups } = JSON.parse(await emulator.aws('logs', 'describe-log-groups'))
    const groups: string[] = logGroups.map((group: { logGroupName: string }) => group.logGroupName)
    const environments = ['prod', 'dev', 'stage']
    for (const name of ['log-retention', 'log-export']) {
      const handled = environments.map((environment) => {
        const prefixes = variablesOf(`observe-${environment}-${name}`).LOG_GROUP_PREFIXES?.split(',') ?? []
        return groups.filter((group) => prefixes.some((prefix) => group.startsWith(prefix)))
      })
      environments.forEach((environment, index) => {
        const own = groups.filter((group) => new RegExp(`observe[/-]${environment}[/-]`).test(group))
        expect(own.length, environment).toBeGreaterThan(5)
        expect(handled[index]?.sort(), `${name} of ${environment}`).toEqual(own.sort())
      })
    }
    const ends = environments.map((environment) => variablesOf(`observe-${environment}-log-export`))
    for (const key of ['ARCHIVE_BUCKET', 'CHECKPOINT_PATH'])
      expect(new Set(ends.map((end) => end[key])).size, key).toBe(environments.length)
    const indexed = of('AWS::Logs::SubscriptionFilter', resources).map(({ properties }) => {
      const environment = /observe-(\w+)-log-search/.exec(String(properties.FilterName))?.[1]
      return [environment, properties.LogGroupName]
    })
    for (const environment of ['prod', 'stage'])
      expect(indexed).toContainEqual([environment, `/aws/lambda/observe-${environment}-collector`])
    // The part that was deployed alone was given prod's log group by name.
    const strange = indexed.filter(
      ([environment, group]) => environment !== 'alone' && !String(group).includes(`-${environment}-`),
    )
    expect(strange).toEqual([])
    const domains = of('AWS::OpenSearchService::Domain', resources).map(
      ({ properties }) => properties.DomainName,
    )
    expect(new Set(domains).size).toBe(domains.length)
  })

  it('protects the database when everything is up', async () => {
    emulator.forget()
    await emulator.shell(inShell(readmeBlocks('Deploy')[3] ?? ''))
    const [database] = of('AWS::RDS::DBInstance', emulator.journal())
    expect(database?.properties.DeletionProtection).toBe('true')
  })

  it('updates in place', async () => {
    emulator.forget()
    await emulator.shell(withParameters(readmeCommands('Update')))
    const stage = of('AWS::ApiGatewayV2::Stage', emulator.journal())
    expect(stage.at(-1)?.properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200 })
    const { Buckets } = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    expect(
      Buckets.filter((bucket: { Name: string }) => bucket.Name.startsWith('observe-prod-recordings')),
    ).toHaveLength(1)
  })

  it('teardown leaves what holds data', async () => {
    emulator.forget()
    // CloudFormation gives a bucket the tags of its stack; moto does not.
    for (const environment of ['prod', 'stage'])
      await emulator.shell(`aws s3api put-bucket-tagging \
        --bucket observe-${environment}-recordings-123456789012-us-east-1 \
        --tagging 'TagSet=[{Key=Project,Value=observe},{Key=Environment,Value=${environment}}]'`)
    const listed = await emulator.shell(readmeCommands('Tear down'))
    expect(listed).toContain('arn:aws:s3:::observe-prod-recordings-123456789012-us-east-1')
    expect(listed).not.toContain('observe-stage')
    const deleted = emulator.journal().filter(({ action }) => action === 'delete')
    const snapshots = emulator.journal().filter(({ action }) => action === 'snapshot')
    expect(snapshots.map(({ type }) => type)).toEqual(['AWS::RDS::DBInstance'])
    expect(deleted.map(({ type }) => type)).toContain('AWS::ECS::Service')
    const { Buckets } = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    const names = Buckets.map((bucket: { Name: string }) => bucket.Name)
    expect(names).toContain('observe-prod-recordings-123456789012-us-east-1')
    expect(names).toContain('observe-prod-log-archive-123456789012-us-east-1')
    const kept = [
      'AWS::EFS::FileSystem',
      'AWS::Logs::LogGroup',
      'AWS::OpenSearchService::Domain',
      'AWS::SQS::Queue',
    ]
    expect(deleted.filter(({ type }) => kept.includes(type))).toEqual([])
    const { logGroups } = JSON.parse(await emulator.aws('logs', 'describe-log-groups'))
    expect(logGroups.length).toBeGreaterThan(10)
  })
})

describe('a first deployment that fails', () => {
  const deploy = (): Promise<string> =>
    emulator.shell(
      DEPLOY(
        'observe-fails',
        'Environment=fails EnableOpenReplay=false EnableGrafana=false EnableLogSearch=false',
      ),
    )
  const left = async (): Promise<string[]> => {
    const secrets = JSON.parse(await emulator.aws('secretsmanager', 'list-secrets'))
    const groups = JSON.parse(await emulator.aws('logs', 'describe-log-groups'))
    const buckets = JSON.parse(await emulator.aws('s3api', 'list-buckets'))
    return [
      ...secrets.SecretList.map(({ Name }: { Name: string }) => Name),
      ...groups.logGroups.map(({ logGroupName }: { logGroupName: string }) => logGroupName),
      ...buckets.Buckets.map(({ Name }: { Name: string }) => Name),
    ].filter((name: string) => /observe.fails/.test(name))
  }

  it('leaves nothing behind, and the second attempt goes through', async () => {
    // In the way of one of the last stacks.
    await emulator.aws(
      'secretsmanager',
      'create-secret',
      '--name',
      'observe/fails/umami-viewer',
      '--secret-string',
      'x',
    )
    emulator.forget()
    await expect(deploy()).rejects.toThrow('ResourceExistsException')
    const made = of('AWS::RDS::DBInstance', emulator.journal())
    expect(made).toHaveLength(1)
    expect(await left()).toEqual(['observe/fails/umami-viewer'])
    await emulator.aws(
      'secretsmanager',
      'delete-secret',
      '--secret-id',
      'observe/fails/umami-viewer',
      '--force-delete-without-recovery',
    )
    const [, remove = ''] = readmeBlocks('Tear down')
    await emulator.shell(inShell(remove).replaceAll('observe-prod', 'observe-fails'))
    await deploy()
    expect((await left()).length).toBeGreaterThan(10)
  })

  it('and then nobody deletes the database once it is protected', async () => {
    await emulator.shell(DEPLOY('observe-fails', 'DatabaseDeletionProtection=true'))
    await expect(
      emulator.aws('cloudformation', 'delete-stack', '--stack-name', 'observe-fails'),
    ).rejects.toThrow('Cannot delete protected DB Instance')
    const { Stacks } = JSON.parse(
      await emulator.aws('cloudformation', 'describe-stacks', '--stack-name', 'observe-fails'),
    )
    expect(Stacks[0].StackStatus).toBe('DELETE_FAILED')
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

  it.each([
    ['ExistingVpcId=vpc-0a1b2c3d', 'ExistingVpcId needs ExistingTaskSubnetIds'],
    [
      'ExistingVpcId=vpc-0a1b2c3d ExistingTaskSubnetIds=subnet-1',
      'Parameter ExistingTaskSubnetIds: two or more subnet ids',
    ],
    [
      'ExistingVpcId=vpc-0a1b2c3d ExistingTaskSubnetIds=subnet-1,subnet-2 ExistingSubnetsArePublic=true',
      'ExistingSubnetsArePublic needs ExistingFunctionSubnetIds',
    ],
    ['OpenReplayTaskCpu=256 OpenReplayTaskMemory=4096', 'Fargate does not offer OpenReplayTaskMemory'],
    ['ClickHouseTaskCpu=1024 ClickHouseTaskMemory=1024', 'Fargate does not offer ClickHouseTaskMemory'],
    ['UmamiTaskCpu=1024', 'Fargate does not offer UmamiTaskMemory'],
    [
      'CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/a',
      'CertificateArn needs TrackingDomain',
    ],
    [
      'CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/a TrackingDomain=t.example.com',
      'CertificateArn needs UmamiDomain',
    ],
    [
      'CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/a TrackingDomain=t.example.com UmamiDomain=u.example.com',
      'CertificateArn needs ReplayDomain',
    ],
    ['Project=observability-x', 'Parameter Project: 2 to 12'],
    ['Project=my--app', 'Parameter Project: 2 to 12'],
    [
      'ExistingDatabaseHost=aurora.example.internal ExistingDatabaseName=app ExistingDatabaseSecurityGroupId=sg-1 \
       ExistingDatabaseMasterSecretArn=arn:aws:secretsmanager:us-east-1:123456789012:secret:aurora',
      'ExistingDatabaseHost needs ExistingVpcId',
    ],
    [
      'ExistingVpcId=vpc-0a1b2c3d ExistingTaskSubnetIds=subnet-1,subnet-2 ExistingDatabaseHost=aurora.example.internal \
       ExistingDatabaseName=app ExistingDatabaseMasterSecretArn=arn:aws:secretsmanager:us-east-1:123456789012:secret:aurora',
      'and ExistingDatabaseSecurityGroupId',
    ],
  ])('%s is refused before anything is made', async (parameters, message) => {
    emulator.forget()
    await expect(
      emulator.shell(DEPLOY('observe-refused', `Environment=refused EnableGrafana=false ${parameters}`)),
    ).rejects.toThrow(message)
    expect(emulator.journal()).toEqual([])
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

it('no command of the README is left out', () => {
  expect([...sectionsRun].sort()).toEqual([...sectionsWithCommands].sort())
})
