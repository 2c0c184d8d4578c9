import { Link } from '../router.tsx'

export const ThanksPage = () => {
  const parameters = new URLSearchParams(location.search)
  return (
    <section className="narrow">
      <title>Thank you · Nowhere Prints</title>
      <h1>Thank you</h1>
      <p>
        Order <code>{parameters.get('order')}</code> is on its way to nowhere. The receipt went to{' '}
        <span data-observe-mask>{parameters.get('email')}</span>, or would have.
      </p>
      <p>
        <Link to="/orders">See all orders</Link>
      </p>
    </section>
  )
}
