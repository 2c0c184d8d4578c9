import { type CapturedLines, captureLines } from '@acme/observe-lambda/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { request } from '../testing/request.ts'
import { handler } from './handler.ts'
import { products } from './products.ts'

let captured: CapturedLines

beforeEach(() => {
  captured = captureLines()
})
afterEach(() => captured.restore())

it('lists the products', async () => {
  const { status, body } = await request(handler, { route: 'GET /api/products' })
  expect(status).toBe(200)
  expect(body).toEqual({ products })
})

it('shows one product', async () => {
  const answer = await request(handler, {
    route: 'GET /api/products/{slug}',
    parameters: { slug: 'night-ferry' },
  })
  expect(answer).toMatchObject({ status: 200, body: { title: 'Night ferry' } })
})

it('answers 404 for a product that does not exist', async () => {
  const answer = await request(handler, {
    route: 'GET /api/products/{slug}',
    parameters: { slug: 'atlantis' },
  })
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'product_not_found' } } })
})
