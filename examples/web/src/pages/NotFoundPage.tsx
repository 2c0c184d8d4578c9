import { Link } from '../router.tsx'

export const NotFoundPage = () => (
  <section className="narrow">
    <title>Not found · Nowhere Prints</title>
    <h1>Not even this place exists</h1>
    <p>
      <Link to="/">Back to the prints</Link>
    </p>
  </section>
)
