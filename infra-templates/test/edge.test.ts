import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'

const { template } = readTemplate('stacks/edge.yaml')

const functionOf = (logicalId: string, values: Record<string, string> = {}) => {
  const code = template.Resources[logicalId]?.Properties?.FunctionCode as
    | string
    | { 'Fn::Sub': [string, object] }
  const text = typeof code === 'string' ? code : code['Fn::Sub'][0]
  const filled = text.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? '')
  return (ip: string) =>
    runInNewContext(`${filled}\nhandler(event)`, { event: { viewer: { ip }, request: { uri: '/' } } })
}

describe('the CloudFront function that lets administrators in', () => {
  const ask = functionOf('AdminOnly', {
    Cidrs: '203.0.113.0/24,198.51.100.7,10.0.0.0/9,2001:db8::/33,::1/128,2001:db8:ffff:1234::/64',
  })
  const allowed = [
    '203.0.113.0',
    '203.0.113.255',
    '198.51.100.7',
    '10.127.255.255',
    '2001:db8::1',
    '2001:0db8:7fff:ffff:ffff:ffff:ffff:ffff',
    '::1',
    '2001:db8:ffff:1234:5::9',
  ]
  const refused = [
    '203.0.112.255',
    '203.0.114.0',
    '198.51.100.8',
    '10.128.0.0',
    '2001:db8:8000::1',
    '::2',
    '2001:db8:ffff:1235::',
    '0.0.0.0',
    '::ffff:203.0.113.1',
  ]

  it.each(allowed)('%s comes in', (ip) => {
    expect(ask(ip)).toEqual({ uri: '/' })
  })
  it.each(refused)('%s does not', (ip) => {
    expect(ask(ip).statusCode).toBe(403)
  })
  it('lets nobody in by default, and everybody when asked to', () => {
    const closed = functionOf('AdminOnly', { Cidrs: String(template.Parameters?.AdminCidrs?.Default) })
    expect(closed('203.0.113.1').statusCode).toBe(403)
    expect(functionOf('AdminOnly', { Cidrs: '0.0.0.0/0, ::/0' })('8.8.8.8')).toEqual({ uri: '/' })
  })
  it('fits in what CloudFront takes', () => {
    const code = template.Resources.AdminOnly?.Properties?.FunctionCode as { 'Fn::Sub': [string] }
    expect(code['Fn::Sub'][0].length).toBeLessThan(10_240 - 2_000)
  })
})

interface Behaviour {
  PathPattern?: string
  TargetOriginId: string
  CachePolicyId: unknown
  ViewerProtocolPolicy: string
  AllowedMethods: string[]
  FunctionAssociations?: { FunctionARN: { 'Fn::GetAtt': [string] } }[]
}

const distribution = (logicalId: string) =>
  template.Resources[logicalId]?.Properties?.DistributionConfig as {
    DefaultCacheBehavior: Behaviour
    CacheBehaviors?: (Behaviour | { 'Fn::If': [string, Behaviour] })[]
    Origins: unknown[]
  }
const unwrap = (behaviour: Behaviour | { 'Fn::If': [string, Behaviour] }): Behaviour =>
  'Fn::If' in behaviour ? behaviour['Fn::If'][1] : behaviour

describe('distributions', () => {
  const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
  const behaviours = Object.fromEntries(
    (distribution('Tracking').CacheBehaviors ?? []).map(unwrap).map((one) => [one.PathPattern, one]),
  )

  it('caches the tracker script for one hour (CR4) and nothing that is sent', () => {
    expect(behaviours['/script.js']?.CachePolicyId).toEqual({ Ref: 'ScriptCache' })
    const policy = template.Resources.ScriptCache?.Properties?.CachePolicyConfig
    expect(policy).toMatchObject({ MinTTL: 3_600, DefaultTTL: 3_600, MaxTTL: 3_600 })
    expect(JSON.stringify(template.Resources.ScriptHeaders)).toContain('public, max-age=3600')
    for (const path of ['/v1/events', '/api/send', '/ingest/*']) {
      expect(behaviours[path]?.CachePolicyId, path).toBe(CACHING_DISABLED)
      expect(behaviours[path]?.AllowedMethods, path).toContain('POST')
    }
  })

  it('shows no interface on the domain that pages send to', () => {
    expect(Object.keys(behaviours).sort()).toEqual(['/api/send', '/ingest/*', '/script.js', '/v1/events'])
    const [association] = distribution('Tracking').DefaultCacheBehavior.FunctionAssociations ?? []
    expect(association?.FunctionARN['Fn::GetAtt'][0]).toBe('NotFound')
    expect(functionOf('NotFound')('203.0.113.1').statusCode).toBe(404)
  })

  it.each(['UmamiInterface', 'ReplayInterface'])(
    '%s is for administrators, over TLS, and never cached',
    (logicalId) => {
      const { DefaultCacheBehavior, CacheBehaviors } = distribution(logicalId)
      expect(DefaultCacheBehavior.FunctionAssociations?.[0]?.FunctionARN['Fn::GetAtt'][0]).toBe('AdminOnly')
      expect(DefaultCacheBehavior.CachePolicyId).toBe(CACHING_DISABLED)
      expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https')
      expect(CacheBehaviors).toBeUndefined()
    },
  )

  it('sends the origin secret to every origin', () => {
    for (const logicalId of ['Tracking', 'UmamiInterface', 'ReplayInterface']) {
      for (const origin of distribution(logicalId).Origins) {
        expect(JSON.stringify(origin)).toContain('"HeaderName":"x-observe-origin"')
        expect(JSON.stringify(origin)).toContain('{{resolve:secretsmanager:${OriginSecretArn}}}')
      }
    }
  })
})

describe('what CloudFront reports', () => {
  const metrics = template.Resources.TrackingMetrics

  it('counts cache hits of what pages send when asked to, for 2.40 USD a month', () => {
    expect(metrics?.Condition).toBe('HasHitRatio')
    expect(template.Parameters?.EnableHitRatio?.Default).toBe('false')
    expect(metrics?.Properties).toEqual({
      DistributionId: { Ref: 'Tracking' },
      MonitoringSubscription: {
        RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' },
      },
    })
  })

  it('is alarmed on only where it reports', () => {
    expect(template.Resources.ErrorRateAlarm?.Condition).toBe('IsReportingRegion')
    expect(template.Conditions?.IsReportingRegion).toEqual({
      'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'],
    })
  })
})
