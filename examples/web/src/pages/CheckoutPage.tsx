import { useTrack } from '@acme/observe-browser/react'
import { type FormEvent, useRef, useState } from 'react'
import { api, type OrderRequest } from '../api.ts'
import { cart, useCart } from '../cart.ts'
import { Field } from '../Field.tsx'
import { payments } from '../payments.ts'
import { Link, navigate } from '../router.tsx'

export const CheckoutPage = () => {
  const items = useCart()
  const track = useTrack()
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<{ busy?: boolean; problem?: string }>({})

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setState({ busy: true })
    try {
      const order = await api.placeOrder(orderOf(fields, [...items]))
      track('checkout', { items: items.length, totalCents: order.totalCents })
      cart.empty()
      // An address in the URL, as too many shops have it. It never reaches the collector.
      navigate(`/thanks?order=${order.id}&email=${encodeURIComponent(fieldValue(fields, 'email'))}`)
    } catch (error) {
      setState({ problem: error instanceof Error ? error.message : String(error) })
    }
  }

  const payWithWallet = () => {
    const fields = new FormData(form.current ?? undefined)
    void payments.payWithWallet(fieldValue(fields, 'email'), fieldValue(fields, 'cardNumber'))
  }

  if (items.length === 0)
    return (
      <section className="narrow">
        <h1>Checkout</h1>
        <p>
          There is nothing to check out. <Link to="/">Look at the prints</Link>
        </p>
      </section>
    )
  return (
    <section className="narrow">
      <title>Checkout · Nowhere Prints</title>
      <h1>Checkout</h1>
      <p className="hint">Type what you like: none of it leaves this page except in the order itself.</p>
      <form ref={form} className="form" onSubmit={submit}>
        <fieldset>
          <legend>You</legend>
          <Field label="E-mail" name="email" type="email" autoComplete="email" required />
          <Field label="Full name" name="fullName" autoComplete="name" required />
          <Field label="Phone" name="phone" type="tel" autoComplete="tel" />
          <Field label="Date of birth" name="birthDate" type="date" autoComplete="bday" />
        </fieldset>
        <fieldset>
          <legend>Delivery</legend>
          <Field label="Street and number" name="street" autoComplete="street-address" required wide />
          <Field label="Postal code" name="postalCode" autoComplete="postal-code" required />
          <Field label="City" name="city" autoComplete="address-level2" required />
          <Field label="Notes for the courier" name="notes" wide />
        </fieldset>
        <fieldset>
          <legend>Payment</legend>
          <Field
            label="Card number"
            name="cardNumber"
            inputMode="numeric"
            autoComplete="cc-number"
            required
            wide
          />
          <Field label="Expiry" name="cardExpiry" placeholder="MM / YY" autoComplete="cc-exp" required />
          <Field label="Security code" name="cardCode" autoComplete="cc-csc" required />
        </fieldset>
        <fieldset>
          <legend>Account, if you want one</legend>
          <Field label="Password" name="password" type="password" autoComplete="new-password" wide />
        </fieldset>
        {state.problem && <p className="alert">{state.problem}</p>}
        <div className="actions">
          <button type="submit" className="primary" disabled={state.busy === true}>
            {state.busy ? 'Placing the order…' : 'Place order'}
          </button>
          <button type="button" onClick={payWithWallet}>
            Pay with wallet
          </button>
        </div>
      </form>
    </section>
  )
}

const fieldValue = (fields: FormData, name: string): string => String(fields.get(name) ?? '').trim()

const orderOf = (fields: FormData, items: OrderRequest['items']): OrderRequest => {
  const value = (name: string) => fieldValue(fields, name)
  return {
    items,
    customer: {
      name: value('fullName'),
      email: value('email'),
      ...(value('phone') && { phone: value('phone') }),
      address: { street: value('street'), postalCode: value('postalCode'), city: value('city') },
    },
    paymentToken: payments.tokenize(value('cardNumber')),
    ...(value('notes') && { notes: value('notes') }),
  }
}
