import { api } from '../api.ts'
import { money } from '../money.ts'
import { Link } from '../router.tsx'
import { useLoaded } from '../useLoaded.ts'

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

export const OrdersPage = () => {
  const { value: orders, error } = useLoaded('orders', api.orders)
  return (
    <section className="narrow">
      <title>Orders · Nowhere Prints</title>
      <h1>Orders</h1>
      {error && <p className="alert">The orders could not be loaded. {error.message}</p>}
      {orders?.length === 0 && (
        <p>
          None yet. <Link to="/">Look at the prints</Link>
        </p>
      )}
      {orders && orders.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Order</th>
              <th>Placed</th>
              <th>Prints</th>
              <th className="number">Total</th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.id}>
                <td>
                  <code>{order.id.slice(0, 8)}</code>
                </td>
                <td>{time.format(new Date(order.placedAt))}</td>
                <td>{order.items.reduce((sum, { quantity }) => sum + quantity, 0)}</td>
                <td className="number">{money(order.totalCents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
