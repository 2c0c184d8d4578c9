import { useTrack } from '@acme/observe-browser/react'
import { api } from '../api.ts'
import { cart } from '../cart.ts'
import { money } from '../money.ts'
import { Link, navigate } from '../router.tsx'
import { useLoaded } from '../useLoaded.ts'

export const ProductPage = ({ slug }: { slug: string }) => {
  const { value: product, error } = useLoaded(slug, () => api.product(slug))
  const track = useTrack()

  const addToCart = () => {
    cart.add(slug)
    track('cart-add', { slug })
    navigate('/cart')
  }

  if (error) return <p className="alert">This print could not be loaded. {error.message}</p>
  return (
    <article className="product">
      <span className="frame">
        <img
          className="hero"
          src={`/prints/${slug}.png`}
          width={1100}
          height={1540}
          fetchPriority="high"
          alt={product?.title ?? ''}
        />
      </span>
      {product && (
        <div className="product-facts">
          <title>{`${product.title} · Nowhere Prints`}</title>
          <p className="eyebrow">{product.place}</p>
          <h1>{product.title}</h1>
          <p>{product.description}</p>
          <dl>
            <dt>Size</dt>
            <dd>{product.sizeCm} cm</dd>
            <dt>Paper</dt>
            <dd>240 g, uncoated</dd>
            <dt>Inks</dt>
            <dd>soy, five at most</dd>
          </dl>
          <p className="price">{money(product.priceCents)}</p>
          <button type="button" className="primary" onClick={addToCart}>
            Add to cart
          </button>
          <Link to="/" className="quiet">
            All prints
          </Link>
        </div>
      )}
    </article>
  )
}
