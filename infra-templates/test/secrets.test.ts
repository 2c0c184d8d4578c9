import { describe, expect, it } from 'vitest'
import { readTemplates } from '../templates/readTemplates.ts'

/**
 * A dynamic reference becomes plain text in the resource that holds it. For these that text is the working part and no ARN
 * is taken in its place; whoever may read their configuration administers the edge anyway.
 */
const NEEDS_THE_VALUE = new Set([
  'AWS::CloudFront::Distribution',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  // Write-only: RDS never shows it again.
  'AWS::RDS::DBInstance',
])

describe.each(readTemplates().map(({ file, template }) => [file, template] as const))('%s', (_, template) => {
  it('gives functions and tasks the ARN of a secret, never its value', () => {
    const holders = Object.entries(template.Resources)
      .filter(([, { Type }]) => !NEEDS_THE_VALUE.has(Type))
      .filter(([, { Properties }]) => JSON.stringify(Properties ?? {}).includes('{{resolve:'))
      .map(([logicalId]) => logicalId)
    expect(holders).toEqual([])
  })
})
