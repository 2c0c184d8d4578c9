import { ErrorBoundary } from '@acme/observe-browser/react'
import { type ReactNode, useState } from 'react'
import { api } from '../api.ts'
import { blockThePage, redeemCoupon, refreshStock } from '../trouble.ts'

export const TroublePage = () => (
  <section className="wide">
    <title>Trouble · Nowhere Prints</title>
    <h1>Things that go wrong</h1>
    <p className="hint">
      Each button breaks the shop in one way. The shop looks as it would without any observability; what the
      team sees of it is on the console page.
    </p>
    <div className="troubles">
      <Trouble name="Throw" about="A click handler throws. The page stays as it is.">
        <button type="button" onClick={() => redeemCoupon('SPRING')}>
          Redeem a coupon
        </button>
      </Trouble>
      <Trouble name="Reject" about="A promise is rejected and nobody handles it.">
        <button type="button" onClick={() => void refreshStock()}>
          Refresh the stock
        </button>
      </Trouble>
      <Trouble name="Fail to render" about="A component fails to render; the error boundary catches it.">
        <Reviews />
      </Trouble>
      <Trouble name="Slow API" about="A request that takes more than a second.">
        <ApiButton label="Load the stock report" call={api.slow} done="The report is here." />
      </Trouble>
      <Trouble name="Failing API" about="A function that throws: the API answers 500.">
        <ApiButton label="Ask for the price" call={api.failing} done="A price, of all things." />
      </Trouble>
      <Trouble name="Slow click" about="The main thread is busy for 400 ms after the click.">
        <button type="button" onClick={() => blockThePage(400)}>
          Sort by mood
        </button>
      </Trouble>
    </div>
  </section>
)

const Trouble = ({ name, about, children }: { name: string; about: string; children: ReactNode }) => (
  <div className="trouble">
    <h2>{name}</h2>
    <p>{about}</p>
    {children}
  </div>
)

const Reviews = () => {
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <button type="button" onClick={() => setOpen(true)}>
        Show the reviews
      </button>
    )
  return (
    <ErrorBoundary fallback={<p className="alert">The reviews cannot be shown.</p>}>
      <ReviewList reviews={undefined} />
    </ErrorBoundary>
  )
}

const ReviewList = ({ reviews }: { reviews: string[] | undefined }) => {
  if (!reviews) throw new TypeError('The reviews of this print are missing')
  return (
    <ul>
      {reviews.map((review) => (
        <li key={review}>{review}</li>
      ))}
    </ul>
  )
}

const ApiButton = ({ label, call, done }: { label: string; call: () => Promise<unknown>; done: string }) => {
  const [state, setState] = useState({ busy: false, said: '' })
  const click = async () => {
    setState({ busy: true, said: 'Asking…' })
    const said = await call().then(
      () => done,
      (error: Error) => error.message,
    )
    setState({ busy: false, said })
  }
  return (
    <>
      <button type="button" disabled={state.busy} onClick={click}>
        {label}
      </button>
      <p className="said" role="status">
        {state.said}
      </p>
    </>
  )
}
