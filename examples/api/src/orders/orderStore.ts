import type { Order } from './order.ts'

const MOST_ORDERS = 500
const orders = new Map<string, Order>()

/** Keeps orders as long as this Lambda instance lives: enough for an example, and nothing to set up. */
export const orderStore = {
  add(order: Order): void {
    orders.set(order.id, order)
    const [oldest] = orders.keys()
    if (orders.size > MOST_ORDERS && oldest) orders.delete(oldest)
  },
  find: (id: string): Order | undefined => orders.get(id),
  newest: (limit: number): Order[] => [...orders.values()].reverse().slice(0, limit),
}
