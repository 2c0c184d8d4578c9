import type { Product } from '../api.ts'
import { LateNotice } from '../LateNotice.tsx'
import { money } from '../money.ts'
import { Link } from '../router.tsx'
import { useProducts } from '../useProducts.ts'

export const HomePage = () => {
  const { value: products, error } = useProducts()
  return (
    <>
      <title>Nowhere Prints</title>
      <LateNotice />
      <section className="intro">
        <h1>Prints of places that do not exist</h1>
        <p>Landscapes computed from a handful of numbers, printed with few inks and a lot of grain.</p>
      </section>
      {error && <p className="alert">The catalogue could not be loaded. {error.message}</p>}
      <ul className="grid" aria-busy={!products && !error}>
        {products?.map((product) => (
          <li key={product.slug}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
    </>
  )
}

const ProductCard = ({ product }: { product: Product }) => (
  <Link to={`/products/${product.slug}`} className="card">
    <span className="frame">
      <img src={`/prints/${product.slug}-small.png`} width={440} height={616} alt="" />
    </span>
    <span className="card-title">{product.title}</span>
    <span className="card-facts">
      <span>{product.place}</span>
      <span>{money(product.priceCents)}</span>
    </span>
  </Link>
)
