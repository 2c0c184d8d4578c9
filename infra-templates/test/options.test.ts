import { describe, expect, it } from 'vitest'
import { type PlannedResource, plannedResources } from '../cost/evaluate.ts'

const planned = (type: string, parameters: Record<string, string> = {}): PlannedResource[] =>
  plannedResources('observability.yaml', parameters).filter((one) => one.type === type)

describe('an account with the small quota of new ones', () => {
  const reserved = (parameters: Record<string, string>): unknown[] =>
    planned('AWS::Lambda::Function', parameters)
      .map(({ properties }) => properties.ReservedConcurrentExecutions)
      .filter((one) => one !== undefined)

  it('reserves nothing of it, in no function', () => {
    expect(reserved({})).toEqual([])
  })

  it('reserves for three functions when asked to', () => {
    expect(reserved({ ReserveConcurrency: 'true' })).toEqual([10, 5, 1])
  })
})

describe('an existing VPC', () => {
  const own = {
    ExistingVpcId: 'vpc-1',
    ExistingTaskSubnetIds: 'subnet-1,subnet-2',
    ExistingSubnetsArePublic: 'true',
    ExistingFunctionSubnetIds: 'subnet-3,subnet-4',
  }

  it('with public subnets keeps functions, database and load balancer in private ones', () => {
    const functions = planned('AWS::Lambda::Function', own).flatMap(({ properties }) =>
      properties.VpcConfig ? [(properties.VpcConfig as { SubnetIds: unknown }).SubnetIds] : [],
    )
    expect(functions.length).toBeGreaterThan(3)
    const others = ['AWS::RDS::DBSubnetGroup', 'AWS::ElasticLoadBalancingV2::LoadBalancer'].flatMap((type) =>
      planned(type, own).map(({ properties }) => properties.SubnetIds ?? properties.Subnets),
    )
    expect(new Set([...functions, ...others])).toEqual(new Set(['subnet-3,subnet-4']))
    for (const { properties } of planned('AWS::ECS::Service', own)) {
      expect(properties.NetworkConfiguration).toMatchObject({
        AwsvpcConfiguration: { Subnets: 'subnet-1,subnet-2', AssignPublicIp: 'ENABLED' },
      })
    }
  })

  it('with private subnets keeps everything in them', () => {
    const { ExistingFunctionSubnetIds: _, ...parameters } = { ...own, ExistingSubnetsArePublic: 'false' }
    const [balancer] = planned('AWS::ElasticLoadBalancingV2::LoadBalancer', parameters)
    expect(balancer?.properties.Subnets).toBe('subnet-1,subnet-2')
  })
})

describe('the zones of the new VPC', () => {
  const zones = (parameters: Record<string, string>): unknown[] =>
    planned('AWS::EC2::Subnet', parameters).map(({ properties }) => properties.AvailabilityZone)

  it('are the first two of the region', () => {
    expect(zones({})).toEqual(['<a>', '<b>', '<a>', '<b>'])
  })

  it('or the two that are asked for, where the first lack a service', () => {
    const [b, d] = ['us-east-1b', 'us-east-1d']
    expect(zones({ AvailabilityZones: `${b},${d}` })).toEqual([b, d, b, d])
  })
})

describe('a region whose prefix list of CloudFront is not in the table', () => {
  const sources = (parameters: Record<string, string>): unknown => {
    const group = planned('AWS::EC2::SecurityGroup', parameters).find(
      ({ logicalId }) => logicalId === 'LoadBalancerSecurityGroup',
    )
    const rules = (group?.properties.SecurityGroupIngress ?? []) as { SourcePrefixListId: unknown }[]
    return rules.map(({ SourcePrefixListId }) => SourcePrefixListId)
  }

  it('takes it from a parameter', () => {
    expect(sources({ CloudFrontPrefixListId: 'pl-0123abcd' })).toEqual(['pl-0123abcd'])
  })

  it('and the others know their own', () => {
    expect(sources({})).toEqual(['pl-3b927c52'])
  })
})

it('a database of an account on the free plan keeps backups for as long as that allows', () => {
  const kept = (parameters: Record<string, string>): unknown =>
    planned('AWS::RDS::DBInstance', parameters)[0]?.properties.BackupRetentionPeriod
  expect(String(kept({}))).toBe('7')
  expect(String(kept({ DatabaseBackupDays: '1' }))).toBe('1')
})

it('the budget has no name of its own, as new alerts replace it while the old one still is', () => {
  const [budget] = planned('AWS::Budgets::Budget')
  expect(budget?.properties.Budget).not.toHaveProperty('BudgetName')
})

it('the daily export may write to the archive: CloudWatch asks for that from who creates the task', () => {
  const role = planned('AWS::IAM::Role').find(({ logicalId }) => logicalId === 'ExportRole')
  const actions = JSON.stringify(role?.properties.Policies)
  expect(actions).toContain('s3:PutObject')
  expect(actions).toContain('s3:GetBucketAcl')
})

it('flow logs may look their log group up, without which they do not write', () => {
  const role = planned('AWS::IAM::Role').find(({ logicalId }) => logicalId === 'FlowLogRole')
  expect(JSON.stringify(role?.properties.Policies)).toContain('logs:DescribeLogGroups')
})
