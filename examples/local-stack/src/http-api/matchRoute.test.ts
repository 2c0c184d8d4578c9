import { describe, expect, it } from 'vitest'
import { matchRoute } from './matchRoute.ts'

const routes = [
  '$default',
  'ANY /{proxy+}',
  'GET /orders/{id}',
  'GET /orders/latest',
  'ANY /orders/{id}',
  'POST /orders',
  'GET /orders/{id}/{rest+}',
].map((routeKey) => ({ routeKey, target: routeKey }))

describe('matchRoute', () => {
  it.each([
    ['GET', '/orders/latest', 'GET /orders/latest', {}],
    ['GET', '/orders/42', 'GET /orders/{id}', { id: '42' }],
    ['DELETE', '/orders/42', 'ANY /orders/{id}', { id: '42' }],
    ['POST', '/orders', 'POST /orders', {}],
    ['GET', '/orders/42/items/7', 'GET /orders/{id}/{rest+}', { id: '42', rest: 'items/7' }],
    ['GET', '/a%20b/c', 'ANY /{proxy+}', { proxy: 'a b/c' }],
    ['GET', '/%zz', 'ANY /{proxy+}', { proxy: '%zz' }],
  ])('%s %s goes to %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(routes, method, path)).toEqual({ routeKey, target: routeKey, pathParameters })
  })

  it('does not depend on the order of the routes', () => {
    expect(matchRoute(routes.toReversed(), 'GET', '/orders/latest')?.routeKey).toBe('GET /orders/latest')
  })

  it('falls back to $default, and to nothing without one', () => {
    const bare = [{ routeKey: 'GET /orders', target: 1 }]
    expect(matchRoute(bare, 'GET', '/other')).toBeUndefined()
    expect(matchRoute(bare, 'GET', '/orders/')).toBeUndefined()
    expect(matchRoute(bare, 'PUT', '/orders')).toBeUndefined()
    const withDefault = [...bare, { routeKey: '$default', target: 2 }]
    expect(matchRoute(withDefault, 'PUT', '/orders')?.routeKey).toBe('$default')
  })
})
