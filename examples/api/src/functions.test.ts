import { existsSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { functions } from './functions.ts'

it.each(functions)('$name is a module that exports a handler', async ({ entry }) => {
  vi.stubEnv('SHOP_ORIGINS', 'https://shop.example.com')
  expect(existsSync(new URL(entry, import.meta.url))).toBe(true)
  const { handler } = (await import(entry)) as { handler: unknown }
  expect(handler).toBeTypeOf('function')
  expect((handler as { length: number }).length).toBeLessThanOrEqual(2)
})

it('declares each route once', () => {
  const routes = functions.flatMap((definition) => definition.routes)
  expect(new Set(routes).size).toBe(routes.length)
})
