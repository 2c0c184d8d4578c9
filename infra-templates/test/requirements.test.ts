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

describe('services', () => {
  it('task sizes are within the stories', () => {
    expect([parameterDefault('umami', 'TaskCpu'), parameterDefault('umami', 'TaskMemory')]).toEqual([
      256, 512,
    ])
    for (const name of ['openreplay', 'clickhouse']) {
      expect(Number(parameterDefault(name, 'TaskCpu')), name).toBeGreaterThanOrEqual(512)
      expect(Number(parameterDefault(name, 'TaskCpu')), name).toBeLessThanOrEqual(1_024)
      expect(Number(parameterDefault(name, 'TaskMemory')), name).toBeLessThanOrEqual(2_048)
    }
  })

  it("the memory that OpenReplay's containers reserve fits in its task", () => {
    const reserved = containers('openreplay').reduce(
      (sum, one) => sum + Number((one as unknown as { MemoryReservation: number }).MemoryReservation),
      0,
    )
    expect(reserved).toBeLessThanOrEqual(2_048)
  })

  it('services heal: health checks, circuit breakers, tasks in two zones', () => {
    for (const name of ['umami', 'clickhouse']) expect(containers(name)[0]?.HealthCheck, name).toBeDefined()
    expect(properties('openreplay', 'TargetGroup').HealthCheckPath).toBe('/health')
    for (const name of ['umami', 'openreplay', 'clickhouse']) {
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
    for (const name of ['openreplay', 'clickhouse']) {
      expect(properties(name, 'Service')).toMatchObject({
        DesiredCount: 1,
        DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 },
      })
    }
  })

  it('no service of OpenReplay starts before schema and first account are there', () => {
    const byName = new Map(containers('openreplay').map((one) => [one.Name, one]))
    const waitsFor = (name: string, container: string): boolean =>
      (byName.get(name)?.DependsOn ?? []).some(
        ({ ContainerName, Condition }) => ContainerName === container && Condition === 'SUCCESS',
      )
    for (const name of ['http', 'ender', 'db', 'api', 'chalice'])
      expect(waitsFor(name, 'schema'), name).toBe(true)
    for (const name of ['db', 'api', 'chalice']) expect(waitsFor(name, 'clickhouse-schema'), name).toBe(true)
    for (const name of ['fs-init', 'schema', 'clickhouse-schema'])
      expect(byName.get(name)?.Essential, name).toBe(false)
    // chalice is what offers to sign the first visitor up as owner.
    expect(waitsFor('chalice', 'fs-init')).toBe(true)
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
