import { afterEach, beforeEach, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Observability } from '../../core/Observability.ts'
import { initObservability } from '../../index.ts'
import { type Overlay, showOverlay } from './index.ts'

let observe: Observability
let overlay: Overlay

const hosts = () => document.querySelectorAll('observe-overlay')
const shadow = () => hosts()[0]?.shadowRoot as ShadowRoot
const panel = () => shadow().querySelector('section') as HTMLElement
const button = () => shadow().querySelector('button') as HTMLButtonElement
const shownFor = (name: string) =>
  [...shadow().querySelectorAll('dt')].find(({ textContent }) => textContent === name)?.nextElementSibling
    ?.textContent

beforeEach(() => {
  observe = initObservability({
    app: 'shop',
    environment: 'test',
    collector: { endpoint: '/no-collector' },
    consent: 'pending',
  })
  overlay = showOverlay(observe)
})

afterEach(async () => {
  overlay.remove()
  observe.setConsent('denied')
  await observe.shutdown()
})

it('is a button until it is opened, by pointer or by keyboard', async () => {
  expect(panel().hidden).toBe(true)
  expect(button().getAttribute('aria-expanded')).toBe('false')
  button().click()
  expect(panel().hidden).toBe(false)
  expect(button().getAttribute('aria-expanded')).toBe('true')
  await userEvent.keyboard('{Alt>}{Shift>}o{/Shift}{/Alt}')
  expect(panel().hidden).toBe(true)
  await userEvent.keyboard('{Alt>}{Shift>}o{/Shift}{/Alt}')
  expect(panel().hidden).toBe(false)
})

it('tells the session, the vitals, the queue, and follows what happens', async () => {
  button().click()
  expect(shownFor('id')).toBe(observe.session.id)
  expect(shownFor('consent')).toBe('pending')
  await expect.poll(() => shownFor('TTFB')).toMatch(/^\d+ ms · (?:good|needs improvement|poor)$/)
  const before = observe.status.queued
  observe.track('opened')
  expect(observe.status.queued).toBeGreaterThan(before)
  await expect.poll(() => shownFor('queued') === String(observe.status.queued)).toBe(true)
  observe.setConsent('denied')
  await expect.poll(() => shownFor('consent')).toBe('denied')
  expect(shownFor('queued')).toBe('0')
})

it('is named, reachable by keyboard, and gives the focus back on Escape', async () => {
  button().click()
  expect(panel().getAttribute('aria-label')).toBe('Observability, development only')
  panel().focus()
  await userEvent.keyboard('{Escape}')
  expect(panel().hidden).toBe(true)
  expect(shadow().activeElement).toBe(button())
})

it('is marked as nothing to record', () => {
  expect(hosts()[0]?.matches('[data-observe-mask][data-openreplay-hidden]')).toBe(true)
})

it('is there once, and gone when removed', async () => {
  const first = overlay
  overlay = showOverlay(observe, { isOpen: true })
  expect(hosts()).toHaveLength(1)
  first.remove()
  expect(hosts()).toHaveLength(1)
  overlay.remove()
  expect(hosts()).toHaveLength(0)
  await userEvent.keyboard('{Alt>}{Shift>}o{/Shift}{/Alt}')
  expect(hosts()).toHaveLength(0)
})
