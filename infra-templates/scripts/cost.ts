import { readFileSync } from 'node:fs'
import { plannedResources } from '../cost/evaluate.ts'
import { byComponent, type CostLine, monthlyCost, total } from '../cost/model.ts'
import prices from '../cost/prices.json' with { type: 'json' }
import { UNDER_100_USERS, USERS_1000, type Usage } from '../cost/usage.ts'

/**
 * `npm run infra:cost`: the month by component, for fewer than 100 users with the default parameters and for 1000 with the
 * larger ones. `--parameters FILE` prices a parameter file of yours, `--details` every line. Ends with 1 over 150 USD.
 */
const LIMIT_USD = 150
const root = new URL('..', import.meta.url)
const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const parametersOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(new URL(file, root), 'utf8')
      .trim()
      .split('\n')
      .map((row) => row.split(/=(.*)/s) as [string, string]),
  )

const month = (parameters: Record<string, string>, usage: Usage): CostLine[] =>
  monthlyCost(plannedResources('observability.yaml', parameters), usage)

const show = (title: string, lines: readonly CostLine[]): void => {
  print(`\n${title}`)
  for (const [component, usd] of byComponent(lines)) {
    print(`  ${component.padEnd(16)}${usd.toFixed(2).padStart(9)}`)
    if (!process.argv.includes('--details')) continue
    for (const one of lines.filter((cost) => cost.component === component))
      print(`      ${one.item.padEnd(52)}${one.usd.toFixed(2).padStart(8)}`)
  }
  print(`  ${'total'.padEnd(16)}${total(lines).toFixed(2).padStart(9)} USD a month`)
}

print(`Prices of ${prices.asOf}, ${prices.region}, on demand, without taxes and credits.`)
const given = process.argv[process.argv.indexOf('--parameters') + 1]
const own = process.argv.includes('--parameters') && given ? parametersOf(given) : {}
const small = month(own, UNDER_100_USERS)
show(
  given && own !== undefined && process.argv.includes('--parameters')
    ? `${given}, fewer than 100 users`
    : 'Default parameters, fewer than 100 users',
  small,
)
if (!process.argv.includes('--parameters')) {
  show('Without OpenSearch', month({ EnableLogSearch: 'false' }, UNDER_100_USERS))
  show(
    'parameters/prod-1000-users.txt, 1000 users',
    month(parametersOf('parameters/prod-1000-users.txt'), USERS_1000),
  )
}
if (total(small) > LIMIT_USD) {
  print(`\n✗ ${total(small).toFixed(2)} USD is over the limit of ${LIMIT_USD} USD`)
  process.exitCode = 1
} else print(`\n✓ within ${LIMIT_USD} USD`)
