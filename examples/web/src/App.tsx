import { useRoute } from '@acme/observe-browser/react'
import { useCart } from './cart.ts'
import { CartPage } from './pages/CartPage.tsx'
import { CheckoutPage } from './pages/CheckoutPage.tsx'
import { HomePage } from './pages/HomePage.tsx'
import { NotFoundPage } from './pages/NotFoundPage.tsx'
import { OrdersPage } from './pages/OrdersPage.tsx'
import { ProductPage } from './pages/ProductPage.tsx'
import { ThanksPage } from './pages/ThanksPage.tsx'
import { TroublePage } from './pages/TroublePage.tsx'
import { Link, matchRoute, type Route, usePath } from './router.tsx'

const routes: readonly Route[] = [
  { pattern: '/', render: () => <HomePage /> },
  { pattern: '/products/:slug', render: ({ slug = '' }) => <ProductPage slug={slug} /> },
  { pattern: '/cart', render: () => <CartPage /> },
  { pattern: '/checkout', render: () => <CheckoutPage /> },
  { pattern: '/thanks', render: () => <ThanksPage /> },
  { pattern: '/orders', render: () => <OrdersPage /> },
  { pattern: '/trouble', render: () => <TroublePage /> },
]

export const App = () => {
  const path = usePath()
  const route = matchRoute(routes, path)
  useRoute(route?.pattern)
  const pieces = useCart().reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <>
      <header className="bar">
        <Link to="/" className="brand">
          Nowhere <em>Prints</em>
        </Link>
        <nav aria-label="Shop">
          <Link to="/orders">Orders</Link>
          <Link to="/trouble">Trouble</Link>
          <Link to="/cart" className="cart-link">
            Cart {pieces > 0 && <span className="badge">{pieces}</span>}
          </Link>
        </nav>
      </header>
      <main key={path}>{route?.page ?? <NotFoundPage />}</main>
      <footer className="foot">
        <p>A demo shop. Nothing is sold, nothing is charged, and the places do not exist either.</p>
      </footer>
    </>
  )
}
