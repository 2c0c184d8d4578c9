import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { plannedResources } from './evaluate.ts'
import { byComponent, monthlyCost, total } from './model.ts'
import { UNDER_100_USERS, USERS_1000 } from './usage.ts'

const month = (parameters: Record<string, string>, usage = UNDER_100_USERS): number =>
  total(monthlyCost(plannedResources('observability.yaml', parameters), usage))
const of = (component: string, parameters: Record<string, string> = {}): number =>
  new Map(byComponent(monthlyCost(plannedResources('observability.yaml', parameters), UNDER_100_USERS))).get(
    component,
  ) ?? 0

describe('the month', () => {
  it('everything on, with the default parameters, is at most 150 USD (NFR1)', () => {
    expect(month({})).toBeLessThanOrEqual(150)
    expect(month({})).toBeGreaterThan(100)
  })

  it('without OpenSearch it is at most 120 USD', () => {
    expect(month({ EnableLogSearch: 'false' })).toBeLessThanOrEqual(120)
  })

  it('1000 users are a matter of parameters, not of other resources (NFR5)', () => {
    const read = (file: string): Record<string, string> =>
      Object.fromEntries(
        readFileSync(new URL(`../parameters/${file}.txt`, import.meta.url), 'utf8')
          .trim()
          .split('\n')
          .map((row) => row.split(/=(.*)/s) as [string, string]),
      )
    const larger = { ...read('prod'), ...read('prod-1000-users') }
    const kinds = (parameters: Record<string, string>): string[] =>
      plannedResources('observability.yaml', parameters).map(
        ({ stack, logicalId }) => `${stack}.${logicalId}`,
      )
    expect(kinds(larger)).toEqual(kinds(read('prod')))
    expect(month(larger, USERS_1000)).toBeLessThanOrEqual(Number(larger.MonthlyBudgetUsd))
  })

  it('the budget of the template is the limit of the model', () => {
    expect(readTemplate('observability.yaml').template.Parameters?.MonthlyBudgetUsd?.Default).toBe(150)
  })
})

describe('prices follow the templates', () => {
  it.each([
    // 0.25 vCPU and 1 GB ARM, 0.5 vCPU and 2 GB ARM, 0.5 vCPU and 2 GB x86, 730 hours, Spot at 30 %
    [
      'Fargate',
      {},
      0.3 * 730 * (0.25 * 0.03238 + 1 * 0.00356 + 0.5 * 0.03238 + 2 * 0.00356 + 0.5 * 0.04048 + 2 * 0.004445),
    ],
    [
      'Fargate',
      { UseSpot: 'false' },
      730 * (0.25 * 0.03238 + 1 * 0.00356 + 0.5 * 0.03238 + 2 * 0.00356 + 0.5 * 0.04048 + 2 * 0.004445),
    ],
    [
      'Fargate',
      { EnableOpenReplay: 'false', UmamiMinTasks: '3' },
      3 * 0.3 * 730 * (0.25 * 0.03238 + 1 * 0.00356),
    ],
    ['OpenSearch', {}, 730 * 0.036 + 10 * 0.122],
    ['OpenSearch', { EnableLogSearch: 'false' }, 0],
    ['Database', {}, 730 * 0.016 + 20 * 0.115],
    ['Database', { DatabaseMultiAz: 'true' }, 2 * (730 * 0.016 + 20 * 0.115)],
    ['Database', { ExistingDatabaseHost: 'aurora.internal' }, 0],
    ['Load balancer', { EnableUmami: 'false', EnableOpenReplay: 'false' }, 0],
    ['Grafana', { EnableGrafana: 'false' }, 0],
    ['CloudFront', { EnableHitRatio: 'true' }, 8 * 0.3],
  ] as [string, Record<string, string>, number][])('%s with %o', (component, parameters, usd) => {
    expect(of(component, parameters)).toBeCloseTo(usd, 6)
  })

  it('a public address per task takes the place of the NAT gateway', () => {
    const network = of('Network', { EnableNat: 'false' })
    // four tasks, one interface endpoint, one private zone
    expect(network).toBeCloseTo(4 * 0.005 * 730 + 0.01 * 730 + 0.5, 6)
  })

  it('refuses a resource whose price nobody wrote down', () => {
    expect(() =>
      monthlyCost(
        [{ stack: 'x', logicalId: 'Stream', type: 'AWS::Kinesis::Stream', properties: {} }],
        UNDER_100_USERS,
      ),
    ).toThrow('does not know what AWS::Kinesis::Stream (x.Stream) costs')
  })
})
