import { act, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Observability } from '../core/Observability.ts'
import { initObservability } from '../index.ts'
import { ObservabilityProvider, PrivacyNotice, type PrivacyNoticeProps, useConsent } from './index.ts'

let root: Root
let observe: Observability
let host: HTMLElement

const Settings = () => {
  const [consent, setConsent] = useConsent()
  return (
    <button type="button" onClick={() => setConsent('pending')}>
      Privacy settings: {consent}
    </button>
  )
}

const show = (props: PrivacyNoticeProps = {}) =>
  act(() =>
    root.render(
      <StrictMode>
        <ObservabilityProvider observe={observe}>
          <Settings />
          <PrivacyNotice {...props} />
          <p>The page</p>
        </ObservabilityProvider>
      </StrictMode>,
    ),
  )

const notice = () => host.querySelector('section')
const part = (name: string) => host.querySelector<HTMLElement>(`[data-part="${name}"]`)
const settings = () => host.querySelector('button')

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  observe = initObservability({
    app: 'shop',
    environment: 'test',
    collector: { endpoint: '/no-collector' },
    consent: 'pending',
  })
  host = document.body.appendChild(document.createElement('main'))
  root = createRoot(host)
})

afterEach(async () => {
  await act(() => root.unmount())
  host.remove()
  observe.setConsent('denied')
  await observe.shutdown()
})

it('is a region named and described by its texts, which are all the application’s', async () => {
  await show({
    title: 'Datenschutz',
    children: 'Dürfen wir messen?',
    acceptLabel: 'Ja',
    declineLabel: 'Nein',
    policyHref: '/datenschutz',
    policyLabel: 'Mehr',
    className: 'themed',
  })
  const region = notice() as HTMLElement
  const textOf = (attribute: string) =>
    document.getElementById(region.getAttribute(attribute) ?? '')?.textContent
  expect(textOf('aria-labelledby')).toBe('Datenschutz')
  expect(textOf('aria-describedby')).toBe('Dürfen wir messen?')
  expect(region.textContent).toBe('DatenschutzDürfen wir messen?MehrNeinJa')
  expect(region.className).toBe('themed')
  expect(part('policy')?.getAttribute('href')).toBe('/datenschutz')
})

it('moves nothing of the page and takes no focus', async () => {
  const page = () => host.querySelector('p')?.getBoundingClientRect().top
  await show()
  settings()?.focus()
  const before = page()
  await userEvent.keyboard('{Enter}')
  expect(notice()).not.toBeNull()
  expect(document.activeElement).toBe(settings())
  await act(() => part('decline')?.click())
  expect(notice()).toBeNull()
  expect(page()).toBe(before)
})

it.each([
  ['decline', 'denied', '{Tab}{Enter}'],
  ['accept', 'granted', '{Tab}{Tab} '],
])('%s by keyboard is recorded as %s, told, and gives the focus back', async (_name, consent, keys) => {
  const onDecide = vi.fn()
  await show({ onDecide })
  settings()?.focus()
  await act(() => userEvent.keyboard(keys))
  expect(observe.status.consent).toBe(consent)
  expect(onDecide.mock.calls).toEqual([[consent]])
  expect(notice()).toBeNull()
  expect(document.activeElement).toBe(settings())
  expect(settings()?.textContent).toBe(`Privacy settings: ${consent}`)
})

it('asks again when told to, and keeps nothing itself', async () => {
  const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])
  await show()
  const before = stored()
  await act(() => part('decline')?.click())
  expect(stored()).toBe(before)
  await act(() => settings()?.click())
  expect(notice()).not.toBeNull()
})
