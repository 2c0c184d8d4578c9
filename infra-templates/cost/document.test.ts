import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dashboards } from '../dashboards/index.ts'
import { plannedResources } from './evaluate.ts'
import { monthlyCost, total } from './model.ts'
import { UNDER_100_USERS, USERS_1000 } from './usage.ts'

const document = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8')
const parameters = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(new URL(`../parameters/${file}.txt`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((row) => row.split(/=(.*)/s) as [string, string]),
  )
const month = (given: Record<string, string>, usage = UNDER_100_USERS): number =>
  total(monthlyCost(plannedResources('observability.yaml', given), usage))

it('docs/cost.md gives the totals that the model gives', () => {
  const totals = [
    month({}),
    month({ EnableLogSearch: 'false' }),
    month(parameters('prod-1000-users'), USERS_1000),
  ]
  expect(document).toContain(`| **total** | ${totals.map((usd) => `**${usd.toFixed(2)}**`).join(' | ')} |`)
})

it.each([
  ['EnableNat=false', { EnableNat: 'false' }],
  ['EnableLogSearch=false', { EnableLogSearch: 'false' }],
  ['EnableGrafana=false', { EnableGrafana: 'false' }],
  ['ExistingDatabaseHost', { ExistingDatabaseHost: 'x' }],
  ['ExistingVpcId', { ExistingVpcId: 'vpc-1' }],
  ['EnableOpenReplay=false', { EnableOpenReplay: 'false' }],
] as [string, Record<string, string>][])('and for %s what it saves', (lever, given) => {
  const row = document.split('\n').find((line) => line.startsWith('|') && line.includes(lever))
  expect(row).toContain(`| ${(month({}) - month(given)).toFixed(2)} |`)
})

it('and what an open dashboard asks of CloudWatch', () => {
  for (const make of dashboards) {
    const { title, panels } = JSON.parse(JSON.stringify(make().dashboard.build())) as {
      title: string
      panels: { targets: { queryMode?: string; expression?: string }[] }[]
    }
    const metrics = panels
      .flatMap(({ targets }) => targets)
      .filter(({ queryMode }) => queryMode === 'Metrics')
      // A search is taken to match ten series.
      .reduce((sum, { expression }) => sum + (expression?.includes('SEARCH') ? 10 : 1), 0)
    if (metrics > 0)
      expect(document, title).toContain(`| ${title} | ${metrics} | ${(metrics * 12).toLocaleString('en')} |`)
  }
})
