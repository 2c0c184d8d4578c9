import { describe, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { variants } from './variants.ts'

const template = (name: string) => {
  const [withEverything] = variants(readTemplate(`stacks/${name}.yaml`).template)
  if (!withEverything) throw new Error(`no template ${name}`)
  return withEverything
}
const properties = (name: string, logicalId: string): Record<string, unknown> =>
  template(name).Resources[logicalId]?.Properties ?? {}
const parameterDefault = (name: string, parameter: string): unknown =>
  readTemplate(`stacks/${name}.yaml`).template.Parameters?.[parameter]?.Default

interface Container {
  Name: string
  Essential: boolean
  Environment?: { Name: string; Value: unknown }[]
  DependsOn?: { ContainerName: string; Condition: string }[]
  HealthCheck?: object
}
const containers = (name: string): Container[] =>
  properties(name, 'TaskDefinition').ContainerDefinitions as Container[]

describe('storage', () => {
  it('recordings: 30 days, Intelligent-Tiering, metrics', () => {
    const bucket = properties('storage', 'RecordingsBucket')
    const { Rules } = bucket.LifecycleConfiguration as { Rules: Record<string, unknown>[] }
    expect(Rules.find((rule) => rule.ExpirationInDays)?.ExpirationInDays).toEqual({
      Ref: 'RecordingRetentionDays',
    })
    expect(parameterDefault('storage', 'RecordingRetentionDays')).toBe(30)
    expect(Rules.find((rule) => rule.Transitions)?.Transitions).toEqual([
      { StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 },
    ])
    expect(bucket.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }])
    // OpenReplay's signed URLs cannot read objects under a KMS key in us-east-1.
    expect(JSON.stringify(bucket.BucketEncryption)).toContain('AES256')
  })

  it('recordings: one role reads and writes, over TLS', () => {
    const { Statement } = properties('storage', 'RecordingsBucketPolicy').PolicyDocument as {
      Statement: Record<string, unknown>[]
    }
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow')
    expect(allowed.map(({ Principal }) => Principal)).toEqual([
      { AWS: { Ref: 'OpenReplayTaskRoleArn' } },
      { AWS: { Ref: 'OpenReplayTaskRoleArn' } },
    ])
    const denied = Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Action, Condition }) => ({
      Action,
      Condition,
    }))
    expect(denied).toContainEqual({ Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })
    expect(denied).toContainEqual({
      Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': { Ref: 'OpenReplayTaskRoleArn' } } },
    })
  })

  it('log archive: Glacier, kept for a year', () => {
    const { Rules } = properties('storage', 'LogArchiveBucket').LifecycleConfiguration as {
      Rules: Record<string, unknown>[]
    }
    expect(Rules[0]).toMatchObject({
      Transitions: [{ StorageClass: 'GLACIER_IR' }],
      ExpirationInDays: { Ref: 'ArchiveRetentionDays' },
    })
    expect(parameterDefault('storage', 'ArchiveRetentionDays')).toBe(365)
  })
})

describe('the database', () => {
  it('writes its logs where they expire: RDS would make log groups that keep them for ever', () => {
    const { EnableCloudwatchLogsExports, DBInstanceIdentifier } = properties('database', 'Instance')
    const { 'Fn::Sub': identifier } = DBInstanceIdentifier as { 'Fn::Sub': string }
    const groups = Object.entries(template('database').Resources).filter(
      ([, { Type }]) => Type === 'AWS::Logs::LogGroup',
    )
    expect(groups.map(([, { Properties }]) => Properties?.LogGroupName)).toEqual(
      (EnableCloudwatchLogsExports as string[]).map((log) => ({
        'Fn::Sub': `/aws/rds/instance/${identifier}/${log}`,
      })),
    )
    for (const [, { Properties }] of groups)
      expect(Properties?.RetentionInDays).toEqual({ Ref: 'LogRetentionDays' })
    expect(template('database').Resources.Instance?.DependsOn).toBe('PostgresqlLogGroup')
  })
})

describe('services', () => {
  it('task sizes are within the stories', () => {
    expect([parameterDefault('umami', 'TaskCpu'), parameterDefault('umami', 'TaskMemory')]).toEqual([
      256, 1024,
    ])
    for (const tasks of [['openreplay', 'openreplay-workers'], ['clickhouse']]) {
      const sum = (parameter: string): number =>
        tasks.reduce((total, name) => total + Number(parameterDefault(name, parameter)), 0)
      expect(sum('TaskCpu'), tasks[0]).toBeGreaterThanOrEqual(512)
      expect(sum('TaskCpu'), tasks[0]).toBeLessThanOrEqual(1_024)
      expect(sum('TaskMemory'), tasks[0]).toBeLessThanOrEqual(2_048)
    }
  })

  it.each(['openreplay', 'openreplay-workers'])(
    'the memory that the containers of %s reserve fits in its task',
    (name) => {
      const reserved = containers(name).reduce(
        (sum, one) => sum + Number((one as unknown as { MemoryReservation: number }).MemoryReservation),
        0,
      )
      expect(reserved).toBeLessThanOrEqual(Number(parameterDefault(name, 'TaskMemory')))
    },
  )

  it.each(['umami', 'openreplay', 'openreplay-workers', 'clickhouse'])(
    'ECS takes the task of %s: ten containers at most, each started after one that there is',
    (name) => {
      const names = containers(name).map((one) => one.Name)
      // A fixed quota, with init containers counted: https://github.com/aws/containers-roadmap/issues/368
      expect(names.length).toBeLessThanOrEqual(10)
      for (const { DependsOn = [] } of containers(name))
        for (const { ContainerName } of DependsOn) expect(names).toContain(ContainerName)
    },
  )

  it('services heal: health checks, circuit breakers, tasks in two zones', () => {
    for (const name of ['umami', 'clickhouse']) expect(containers(name)[0]?.HealthCheck, name).toBeDefined()
    expect(properties('openreplay', 'TargetGroup').HealthCheckPath).toBe('/health')
    for (const name of ['umami', 'openreplay', 'openreplay-workers', 'clickhouse']) {
      const service = properties(name, 'Service')
      expect(service.DeploymentConfiguration, name).toMatchObject({
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      })
      expect(JSON.stringify(service.NetworkConfiguration), name).toContain('{"Ref":"TaskSubnetIds"}')
    }
    const zones = ['PrivateSubnetA', 'PrivateSubnetB'].map((name) =>
      JSON.stringify(properties('network', name).AvailabilityZone),
    )
    expect(new Set(zones).size).toBe(2)
  })

  it('never runs two of what must be one', () => {
    for (const name of ['openreplay-workers', 'clickhouse']) {
      expect(properties(name, 'Service')).toMatchObject({
        DesiredCount: 1,
        DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 },
      })
    }
  })

  it('no service of OpenReplay starts before schema and first account are there', () => {
    const byName = new Map(containers('openreplay-workers').map((one) => [one.Name, one]))
    const waitsFor = (name: string, container: string): boolean =>
      (byName.get(name)?.DependsOn ?? []).some(
        ({ ContainerName, Condition }) => ContainerName === container && Condition === 'SUCCESS',
      )
    for (const name of ['sink', 'ender', 'db']) expect(waitsFor(name, 'schema'), name).toBe(true)
    expect(waitsFor('db', 'clickhouse-schema')).toBe(true)
    for (const name of ['sink', 'storage', 'cleaner']) expect(waitsFor(name, 'fs-init'), name).toBe(true)
    for (const name of ['fs-init', 'schema', 'clickhouse-schema'])
      expect(byName.get(name)?.Essential, name).toBe(false)
    // chalice offers to sign the first visitor up as owner. Its stack gets the queue's name when the workers' service is up.
    const { Outputs } = template('openreplay-workers')
    expect(JSON.stringify(Outputs?.QueueHost?.Value)).toContain('"Fn::GetAtt":["Service","Name"]')
    const chalice = containers('openreplay').find(({ Name }) => Name === 'chalice')
    expect(chalice?.Environment).toContainEqual({
      Name: 'REDIS_STRING',
      Value: { 'Fn::Sub': 'redis://${QueueHost}:6379' },
    })
  })

  it('the API of OpenReplay finds the folder that it refuses to start without', () => {
    const { MountPoints } = containers('openreplay').find(({ Name }) => Name === 'api') as unknown as {
      MountPoints: object[]
    }
    expect(MountPoints).toEqual([{ SourceVolume: 'mobs', ContainerPath: '/mnt/efs', ReadOnly: true }])
  })

  it('gives every service of OpenReplay a port of its own', () => {
    const ports = containers('openreplay').flatMap(({ Environment = [] }) =>
      Environment.filter(({ Name }) => Name === 'HTTP_PORT').map(({ Value }) => Value),
    )
    expect(ports).toEqual(['8081', '8082'])
  })

  it('Umami reports to nobody', () => {
    const environment = Object.fromEntries(
      (containers('umami')[0]?.Environment ?? []).map(({ Name, Value }) => [Name, Value]),
    )
    expect(environment).toMatchObject({
      DISABLE_TELEMETRY: '1',
      DISABLE_UPDATES: '1',
      CLIENT_IP_HEADER: 'x-forwarded-for',
      HOSTNAME: '0.0.0.0',
    })
  })
})
