import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { getObservability } from '../index.ts'
import { ObservabilityProvider, useRoute } from './index.ts'

it('names the route of every page, also when two pages share a pattern', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const setRoute = vi.fn()
  const observe = { ...getObservability(), setRoute }
  const Product = ({ slug }: { slug: string }) => {
    useRoute('/products/:slug')
    return slug
  }
  const root = createRoot(document.createElement('div'))
  const show = (slug: string) =>
    act(() =>
      root.render(createElement(ObservabilityProvider, { observe }, createElement(Product, { slug }))),
    )

  await show('ferry')
  await show('harbour')

  expect(setRoute.mock.calls).toEqual([['/products/:slug'], ['/products/:slug']])
  await act(() => root.unmount())
})
