import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { prepareStage } from './support/prepareStage.ts'
import { waitFor } from './support/waitFor.ts'

const stage = prepareStage()
const { eventsOf, names } = stage

it.each([
  [undefined, ['request-failed']],
  [false, []],
])('reports failed requests, unless requests is false (%s)', async (requests, expected) => {
  const page = await stage.visit('/', { ...(requests !== undefined && { requests }) })
  await page.evaluate(async () => {
    await fetch('/api/orders?status=500')
    const { observe } = window as never as { observe: import('../../src/index.ts').Observability }
    observe.captureError(new Error('after the request'))
    await observe.flush()
  })
  await waitFor('the error', () => eventsOf('error')[0])
  expect(names()).toEqual(expected)
  expect(eventsOf('error')[0]?.breadcrumbs?.map(({ category }) => category)).toEqual(['request'])
})

it('counts errors in scripts of other origins apart, in one event a batch', async () => {
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/javascript').end('throw new Error("of another origin")')
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  try {
    const page = await stage.visit()
    const src = `http://localhost:${(other.address() as AddressInfo).port}/widget.js`
    await page.evaluate(async (address) => {
      for (let index = 0; index < 3; index++) {
        await new Promise((resolve) => {
          const script = document.createElement('script')
          script.onload = resolve
          script.src = `${address}?${index}`
          document.head.append(script)
        })
      }
    }, src)
    await waitFor('all three', () => {
      const counts = eventsOf('custom').map(({ properties }) => Number(properties?.count))
      return counts.reduce((sum, count) => sum + count, 0) === 3
    })
    expect(new Set(names())).toEqual(new Set(['script-error']))
    expect(eventsOf('error')).toEqual([])
  } finally {
    other.close()
  }
})
