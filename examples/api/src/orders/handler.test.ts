import { type CapturedLines, captureLines } from '@acme/observe-lambda/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { request } from '../testing/request.ts'
import { handler } from './handler.ts'

const SESSION_ID = '019a0000-0000-7000-8000-000000000001'

const valid = {
  items: [
    { slug: 'two-suns', quantity: 2 },
    { slug: 'spring-line', quantity: 1 },
  ],
  customer: {
    name: 'Zelda Quillfeather',
    email: 'zelda.quillfeather@example.com',
    phone: '+44 20 7946 0958',
    address: { street: '17 Marrowbone Crescent', postalCode: 'QX7 4ZB', city: 'Sandwick-under-Marsh' },
  },
  paymentToken: 'pay_0123456789abcdef',
  notes: 'Ring Zelda, she has the key',
}

const place = (body: unknown, isBase64Encoded = false) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return request(handler, {
    route: 'POST /api/orders',
    headers: { 'x-observe-session-id': SESSION_ID },
    body: isBase64Encoded ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded,
  })
}

let captured: CapturedLines

beforeEach(() => {
  captured = captureLines()
})
afterEach(() => captured.restore())

describe('POST /api/orders', () => {
  it('places an order and prices it itself', async () => {
    const { status, headers, body } = await place(valid)
    expect(status).toBe(201)
    expect(body).toMatchObject({ items: valid.items, totalCents: 2 * 7400 + 5200 })
    expect(headers).toMatchObject({ location: `/api/orders/${body.id}` })
  })

  it('takes a body that API Gateway encoded as base64', async () => {
    expect((await place(valid, true)).status).toBe(201)
  })

  it('counts the order and its value', async () => {
    await place(valid)
    expect(captured.lines).toContainEqual(expect.objectContaining({ OrdersPlaced: 1, OrderValue: 200 }))
  })

  it('logs the order under the session of the page, with nothing personal in it', async () => {
    const { body } = await place(valid)
    const line = captured.lines.find(({ message }) => message === 'order placed')
    expect(line).toMatchObject({ sessionId: SESSION_ID, order: { id: body.id, items: valid.items } })
    for (const personal of ['Quillfeather', 'zelda', '7946', 'Marrowbone', 'QX7', 'Sandwick', 'Ring'])
      expect(captured.raw.join('\n')).not.toContain(personal)
  })

  it.each([
    ['no JSON', '{', ''],
    ['no items', { ...valid, items: [] }, 'items'],
    ['an unknown print', { ...valid, items: [{ slug: 'atlantis', quantity: 1 }] }, 'items.0.slug'],
    ['too many of one', { ...valid, items: [{ slug: 'two-suns', quantity: 11 }] }, 'items.0.quantity'],
    ['half a print', { ...valid, items: [{ slug: 'two-suns', quantity: 0.5 }] }, 'items.0.quantity'],
    ['no address', { ...valid, customer: { ...valid.customer, address: {} } }, 'customer.address.street'],
    ['a bad e-mail', { ...valid, customer: { ...valid.customer, email: 'zelda' } }, 'customer.email'],
    ['a card instead of a token', { ...valid, paymentToken: '4242424242424242' }, 'paymentToken'],
    ['a field nobody asked for', { ...valid, isAdmin: true }, ''],
  ])('refuses %s', async (_, order, path) => {
    const { status, body } = await place(order)
    expect(status).toBe(400)
    expect(body.error.code).toBe('invalid_order')
    expect(body.error.issues.map((issue: { path: string }) => issue.path)).toContain(path)
    expect(captured.lines).toContainEqual(expect.objectContaining({ OrdersRefused: 1 }))
    expect(captured.raw.join('\n')).not.toContain('4242')
  })
})

describe('GET /api/orders', () => {
  it('lists the newest first, without the customer', async () => {
    const older = (await place(valid)).body.id
    const newer = (await place(valid)).body.id
    const { status, body } = await request(handler, { route: 'GET /api/orders' })
    expect(status).toBe(200)
    expect(body.orders.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([newer, older])
    expect(Object.keys(body.orders[0])).toEqual(['id', 'placedAt', 'items', 'totalCents'])
  })
})

describe('GET /api/orders/{id}', () => {
  const show = (id: string) => request(handler, { route: 'GET /api/orders/{id}', parameters: { id } })

  it('shows an order', async () => {
    const { id } = (await place(valid)).body
    expect(await show(id)).toMatchObject({ status: 200, body: { id, totalCents: 20_000 } })
  })

  it('answers 404 for an order it does not have', async () => {
    expect(await show('none')).toMatchObject({ status: 404, body: { error: { code: 'order_not_found' } } })
  })
})
