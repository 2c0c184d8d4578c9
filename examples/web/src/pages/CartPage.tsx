import type { OrderItem, Product } from '../api.ts'
import { cart, useCart } from '../cart.ts'
import { money } from '../money.ts'
import { Link } from '../router.tsx'
import { useProducts } from '../useProducts.ts'

export const CartPage = () => {
  const items = useCart()
  const { value: products = [] } = useProducts()
  const lines = items.flatMap((item) => {
    const product = products.find(({ slug }) => slug === item.slug)
    return product ? [{ ...item, product }] : []
  })
  const totalCents = lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0)
  return (
    <section className="narrow">
      <title>Cart · Nowhere Prints</title>
      <h1>Cart</h1>
      {items.length === 0 ? (
        <p>
          Nothing in it yet. <Link to="/">Look at the prints</Link>
        </p>
      ) : (
        <>
          <ul className="lines">
            {lines.map((line) => (
              <CartLine key={line.slug} {...line} />
            ))}
          </ul>
          <p className="total">
            <span>Total</span>
            <strong>{money(totalCents)}</strong>
          </p>
          <Link to="/checkout" className="primary">
            Check out
          </Link>
        </>
      )}
    </section>
  )
}

const CartLine = ({ slug, quantity, product }: OrderItem & { product: Product }) => (
  <li className="line">
    <img src={`/prints/${slug}-small.png`} width={440} height={616} alt="" />
    <span className="line-title">
      <Link to={`/products/${slug}`}>{product.title}</Link>
      <small>{product.sizeCm} cm</small>
    </span>
    <span className="stepper">
      <button
        type="button"
        aria-label={`One ${product.title} less`}
        onClick={() => cart.setQuantity(slug, quantity - 1)}
      >
        −
      </button>
      <output>{quantity}</output>
      <button
        type="button"
        aria-label={`One ${product.title} more`}
        onClick={() => cart.setQuantity(slug, quantity + 1)}
      >
        +
      </button>
    </span>
    <span className="line-price">{money(product.priceCents * quantity)}</span>
  </li>
)
