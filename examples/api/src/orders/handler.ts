import { randomUUID } from 'node:crypto'
import { logger, metrics, withObservability } from '@acme/observe-lambda'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { json, problem, readJson } from '../json.ts'
import { type Order, orderRequest, totalCents } from './order.ts'
import { orderStore } from './orderStore.ts'

/** `GET /api/orders`, `POST /api/orders` and `GET /api/orders/{id}`. */
export const handler = withObservability(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    if (event.routeKey === 'POST /api/orders') return placeOrder(event)
    if (event.routeKey === 'GET /api/orders') return listOrders()
    return showOrder(event.pathParameters?.id ?? '')
  },
  { service: 'orders' },
)

const placeOrder = (event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 => {
  const request = orderRequest.safeParse(readJson(event))
  if (!request.success) {
    const issues = request.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    logger.warn({ issues }, 'order refused')
    metrics.count('OrdersRefused')
    return problem(400, 'invalid_order', 'The order is not valid.', issues)
  }
  const order: Order = {
    ...request.data,
    id: randomUUID(),
    placedAt: new Date().toISOString(),
    totalCents: totalCents(request.data.items),
  }
  orderStore.add(order)
  // With the customer in it: the logger masks personal fields before the line is written. Only the notes stay out,
  // because no rule can tell what people write.
  const { notes: _notes, ...logged } = order
  logger.info({ order: logged }, 'order placed')
  metrics.count('OrdersPlaced')
  metrics.put('OrderValue', order.totalCents / 100, { unit: 'None' })
  return json(201, summary(order), { location: `/api/orders/${order.id}` })
}

const listOrders = (): APIGatewayProxyStructuredResultV2 => {
  const orders = orderStore.newest(20).map(summary)
  logger.info({ orders: orders.length }, 'orders listed')
  return json(200, { orders })
}

const showOrder = (id: string): APIGatewayProxyStructuredResultV2 => {
  const order = orderStore.find(id)
  if (order) return json(200, summary(order))
  logger.warn({ orderId: id }, 'order not found')
  return problem(404, 'order_not_found', 'There is no such order.')
}

const summary = ({ id, placedAt, items, totalCents }: Order) => ({ id, placedAt, items, totalCents })
