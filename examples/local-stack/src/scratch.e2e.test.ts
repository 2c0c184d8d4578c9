import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type BuiltShop, buildShop } from './e2e/buildShop.ts'
import { measureVitals } from './e2e/measureVitals.ts'
import { openVisitor } from './e2e/openVisitor.ts'
import { shopping } from './e2e/shopping.ts'
import { startLocalStack } from './startLocalStack.ts'
vi.mock('./console/createConsole.ts', () => ({ createConsole: () => ({ listener: (_q: unknown, r: { end(s: string): void }) => r.end(''), close: async () => {} }) }))
test('x', async () => {
  const shop = await buildShop(); const stack = await startLocalStack({ siteFolder: shop.folder }); const v = await openVisitor()
  for (let i = 0; i < 3; i++) {
  const { page } = await v.visit(stack.shopUrl + '/trouble')
  await shopping(page).cause('Redeem a coupon')
  await shopping(page).cause('Sort by mood')
  const m = await measureVitals(page, 400)
  await shopping(page).closeTab()
  await new Promise(r => setTimeout(r, 1500))
  process.stderr.write(JSON.stringify(m) + '\n' + JSON.stringify(await stack.query("select event_id, name, value from browser_events where type='web-vital' order by seq")) + '\n')
  await stack.query('delete from browser_events')
  }
  await v.forget(); await stack.close(); await shop.remove()
})
