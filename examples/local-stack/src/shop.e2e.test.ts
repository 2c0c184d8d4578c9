import { validateEmf } from '@acme/observe-lambda/testing'
import type { Envelope, WebVitalName } from '@acme/observe-schema/types'
import { Ajv } from 'ajv'
import type { Page, Route } from 'playwright'
import { afterAll, test as base, beforeAll, describe, expect, vi } from 'vitest'
import { type BuiltShop, buildShop } from './e2e/buildShop.ts'
import { emfSchema } from './e2e/emfSchema.ts'
import { everythingStored } from './e2e/everythingStored.ts'
import { measureVitals } from './e2e/measureVitals.ts'
import { openVisitor, type Visitor } from './e2e/openVisitor.ts'
import { findPersonalData } from './e2e/personalData.ts'
import type { PageRecord } from './e2e/recordPage.ts'
import { shopping } from './e2e/shopping.ts'
import { sourcePosition } from './e2e/sourcePosition.ts'
import { type LocalStack, startLocalStack } from './startLocalStack.ts'
import type { Row } from './store/tables.ts'

let shop: BuiltShop

const test = base.extend<{ stack: LocalStack; visitor: Visitor }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's dependencies from its pattern
  stack: async ({}, use) => {
    const stack = await startLocalStack({ siteFolder: shop.folder })
    await use(stack)
    await stack.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  visitor: async ({}, use) => {
    const visitor = await openVisitor()
    await use(visitor)
    await visitor.forget()
  },
})

beforeAll(async () => {
  shop = await buildShop()
})
afterAll(() => shop?.remove())

/** Waits until an assertion holds: what a function prints is read some time after the browser got its answer. */
const eventually = <T>(assertion: () => Promise<T>): Promise<T> =>
  vi.waitFor(assertion, { timeout: 20_000, interval: 100 })

const browserEvents = (stack: LocalStack) =>
  stack.query<Row<'browser_events'>>('SELECT * FROM browser_events ORDER BY event_id')

/** The batches that reached the collector, byte for byte as they left the page. */
const storedEnvelopes = async (stack: LocalStack): Promise<Envelope[]> => {
  const rows = await stack.query<Row<'envelopes'>>('SELECT * FROM envelopes')
  return rows.map(({ body }) => JSON.parse(Buffer.from(body).toString('utf8')))
}

describe('a visit', () => {
  test('becomes metrics, log lines and rows under one session id', async ({ stack, visitor }) => {
    const { page, record } = await visitor.visit(stack.shopUrl)
    const visit = shopping(page)
    await page.getByText('Free shipping').waitFor()
    await visit.openProduct('Two suns')
    await visit.addToCart()
    await visit.fillCheckout()
    await visit.payWithWallet()
    await visit.placeOrder()
    await visit.goTo('Orders')
    await page.getByRole('table').waitFor()
    await visit.goTo('Trouble')
    await visit.cause('Redeem a coupon')
    await visit.cause('Refresh the stock')
    await visit.cause('Show the reviews')
    await page.getByText('The reviews cannot be shown.').waitFor()
    await visit.cause('Ask for the price')
    await page.getByText('answered 500').waitFor()
    await visit.cause('Load the stock report')
    await page.getByText('The report is here.').waitFor()
    await visit.cause('Sort by mood')
    const measured = await measureVitals(page, 400)
    await visit.closeTab()

    const sessionIds = new Set(record.apiRequests.map((request) => request.sessionId))
    expect(sessionIds.size).toBe(1)
    const [sessionId] = sessionIds
    expect(sessionId).toMatch(UUID_V7)

    await eventually(() => expectVitals(stack, measured))
    await expectErrors(stack)
    await expectPageViews(stack)
    await expectDocuments(stack, record)
    await expectOneSession(stack, sessionId)
    await expectNothingPersonal(stack, record)
    expect(record.pageErrors.sort()).toEqual([
      'Error: The stock could not be refreshed',
      expect.stringMatching(/^Error: The wallet of .* refused card/),
      'RangeError: The coupon SPRING has expired',
    ])
    expect(record.consoleErrors.sort()).toEqual([
      expect.stringContaining('the server responded with a status of 500'),
      expect.stringContaining('The reviews of this print are missing'),
    ])
  })

  test('has the heavy picture as its largest paint', async ({ stack, visitor }) => {
    const { page } = await visitor.visit(`${stack.shopUrl}/products/night-ferry`)
    await page.getByRole('heading', { name: 'Night ferry' }).waitFor()
    await page.locator('img.hero').evaluate((picture: { decode(): Promise<void> }) => picture.decode())
    await shopping(page).addToCart()
    const { LCP } = await measureVitals(page, 0)
    await shopping(page).closeTab()

    await eventually(async () => {
      const rows = (await browserEvents(stack)).filter(({ name }) => name === 'LCP')
      expect(rows).toEqual([
        expect.objectContaining({ value: expect.closeTo(LCP, 0), page_path: '/products/night-ferry' }),
      ])
    })
    const [event] = (await storedEnvelopes(stack))
      .flatMap(({ events }) => events)
      .filter((one) => one.type === 'web-vital' && one.name === 'LCP')
    expect(JSON.stringify(event)).toContain('/prints/night-ferry.png')
  })

  test('can be followed on the console', async ({ stack, visitor }) => {
    const { page, record } = await visitor.visit(`${stack.shopUrl}/trouble`)
    const visit = shopping(page)
    await visit.cause('Redeem a coupon')
    await visit.cause('Ask for the price')
    await page.getByText('answered 500').waitFor()
    const sessionId = record.apiRequests[0]?.sessionId ?? ''
    await visit.closeTab()
    await eventually(async () => {
      const rows = await browserEvents(stack)
      expect(rows.filter(({ type }) => type === 'error')).toHaveLength(1)
    })

    const { page: console, record: consoleRecord } = await visitor.visit(stack.consoleUrl)
    await console.locator(`a[href*="${sessionId}"]`).first().click()
    for (const text of [
      sessionId,
      'The coupon SPRING has expired',
      '/api/failing',
      'asking the price service',
    ])
      await console.getByText(text).first().waitFor()
    expect(consoleRecord.pageErrors).toEqual([])
    expect(consoleRecord.consoleErrors).toEqual([])
  })
})

describe('an outage of the collector', () => {
  test.for(['unavailable', 'unreachable'] as const)(
    '(%s) loses nothing and doubles nothing',
    async (outage, { stack, visitor }) => {
      const first = await visitor.visit(stack.shopUrl)
      await buy(first.page, 'Two suns')
      await eventually(async () => expect(await cartAdds(stack)).toEqual(['two-suns']))

      await stack.stopCollector(outage)
      const attempts = first.record.envelopes.length
      await buy(first.page, 'North wall')
      await eventually(async () => expect(first.record.envelopes.length).toBeGreaterThan(attempts))
      await buy(first.page, 'Night ferry')
      await measureVitals(first.page, 0)
      await shopping(first.page).closeTab()
      await visitor.leave()

      stack.startCollector()
      const second = await visitor.visit(stack.shopUrl)
      await buy(second.page, 'Iron desert')
      await measureVitals(second.page, 0)
      await shopping(second.page).closeTab()
      await eventually(() => expectFinalVitals(stack, second.record))
      await visitor.leave()

      const third = await visitor.visit(`${stack.shopUrl}/trouble`)
      await eventually(() => expectNothingKept(third.page))

      const bought = ['two-suns', 'north-wall', 'night-ferry', 'iron-desert']
      await eventually(async () =>
        expect(await summary(stack)).toEqual(
          [
            ...bought.map(() => 'custom cart-add'),
            ...bought.flatMap((slug) => ['page-view /', `page-view /products/${slug}`, 'page-view /cart']),
            ...['CLS', 'FCP', 'FID', 'INP', 'LCP', 'TTFB'].flatMap((name) =>
              Array(2).fill(`web-vital ${name}`),
            ),
            'page-view /trouble',
            'web-vital FCP',
            'web-vital TTFB',
          ].sort(),
        ),
      )
      expect(await cartAdds(stack)).toEqual(bought.sort())
      await expectEachOnce(stack, [first.record, second.record, third.record])
      expect(await droppedEvents(stack)).toEqual({})
      for (const { record } of [first, second, third]) expectUnnoticed(record)
    },
  )
})

describe('a collector that refuses', () => {
  test('(blocked) is not noticed, and all arrives once it is reachable', async ({ stack, visitor }) => {
    const { page, record } = await visitor.visit(stack.shopUrl, (one) =>
      one.route(COLLECTOR, (route) => route.abort('blockedbyclient')),
    )
    await buyWhileRefused(page, record)
    await page.unroute(COLLECTOR)
    await eventually(async () => expect(await cartAdds(stack)).toEqual(['north-wall', 'two-suns']))
    await eventually(() => expectEachOnce(stack, [record]))
    expect(await droppedEvents(stack)).toEqual({})
    expectUnnoticed(record)
  })

  test('(429) is left alone for as long as it asks', async ({ stack, visitor }) => {
    const times: number[] = []
    const { page, record } = await visitor.visit(stack.shopUrl, (one) =>
      one.route(COLLECTOR, async (route) => {
        times.push(Date.now())
        if (times.length > 1) return route.continue()
        await refuse(route, 429, 'throttled', { 'retry-after': '3' })
      }),
    )
    await buyWhileRefused(page, record)
    await eventually(async () => expect(await cartAdds(stack)).toEqual(['north-wall', 'two-suns']))
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_900)
    await eventually(() => expectEachOnce(stack, [record]))
    expectUnnoticed(record)
  })

  test('(500) is asked again', async ({ stack, visitor }) => {
    let requests = 0
    const { page, record } = await visitor.visit(stack.shopUrl, (one) =>
      one.route(COLLECTOR, (route) =>
        ++requests > 2 ? route.continue() : route.fulfill({ status: 500, body: 'Internal Server Error' }),
      ),
    )
    await buyWhileRefused(page, record)
    await eventually(async () => expect(await cartAdds(stack)).toEqual(['north-wall', 'two-suns']))
    await eventually(() => expectEachOnce(stack, [record]))
    expectUnnoticed(record)
  })

  test('(413) gets smaller batches', async ({ stack, visitor }) => {
    const { page, record } = await visitor.visit(stack.shopUrl, (one) =>
      one.route(COLLECTOR, (route) => {
        const { events } = JSON.parse(route.request().postData() ?? '{}') as Envelope
        return events.length > 1 ? refuse(route, 413, 'too_large') : route.continue()
      }),
    )
    await buyWhileRefused(page, record)
    await eventually(async () => expect(await cartAdds(stack)).toEqual(['north-wall', 'two-suns']))
    await eventually(() => expectEachOnce(stack, [record]))
    expectUnnoticed(record)
  })

  test('(400) loses the batch, and the loss is counted', async ({ stack, visitor }) => {
    const refused: Envelope[] = []
    const { page, record } = await visitor.visit(stack.shopUrl, (one) =>
      one.route(COLLECTOR, (route) => {
        if (refused.length > 0) return route.continue()
        refused.push(JSON.parse(route.request().postData() ?? '{}'))
        return refuse(route, 400, 'invalid_envelope')
      }),
    )
    await buyWhileRefused(page, record)
    await shopping(page).goTo('Trouble')
    await shopping(page).cause('Redeem a coupon')
    const lost = refused[0]?.events.length
    await eventually(async () => expect(await droppedEvents(stack)).toEqual({ rejected: lost }))
    expect(record.consoleErrors).toEqual([expect.stringContaining('status of 400')])
  })
})

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const COLLECTOR = '**/v1/events'
const COLLECTOR_FUNCTION = 'shop-collector'

const buy = async (page: Page, title: string): Promise<void> => {
  const visit = shopping(page)
  if (new URL(page.url()).pathname !== '/') await visit.goTo('Nowhere Prints')
  await visit.openProduct(title)
  await visit.addToCart()
}

/** The shop goes on as ever while nothing the page reports is taken. */
const buyWhileRefused = async (page: Page, record: PageRecord): Promise<void> => {
  await buy(page, 'Two suns')
  await eventually(async () => expect(record.envelopes).not.toEqual([]))
  await buy(page, 'North wall')
  expect(await page.getByRole('listitem').count()).toBe(2)
}

const refuse = (route: Route, status: number, code: string, headers: Record<string, string> = {}) =>
  route.fulfill({ status, headers, json: { error: { code, message: 'not now' } } })

/** Prints that were put into carts, by the rows of the `cart-add` events. */
const cartAdds = async (stack: LocalStack): Promise<unknown[]> => {
  const rows = (await browserEvents(stack)).filter(({ name }) => name === 'cart-add')
  return rows.map(({ line }) => JSON.parse(line).properties.slug).sort()
}

/** What pages said they lost, by reason, as the collector counted it. */
const droppedEvents = async (stack: LocalStack): Promise<Record<string, number>> => {
  const rows = await stack.query<{ dimensions: string; value: number }>(
    "SELECT dimensions, value FROM metrics WHERE name = 'DroppedEvents'",
  )
  const counts: Record<string, number> = {}
  for (const { dimensions, value } of rows) {
    const { reason } = JSON.parse(dimensions) as { reason?: string }
    if (reason) counts[reason] = (counts[reason] ?? 0) + value
  }
  return counts
}

/** The rows of the visits' events in words: type, and name or path. */
const summary = async (stack: LocalStack): Promise<string[]> =>
  (await browserEvents(stack)).map(({ type, name, page_path }) => `${type} ${name ?? page_path}`).sort()

/** The application saw no error; the browser's own notes about failed requests are all there is on its console. */
const expectUnnoticed = ({ pageErrors, consoleErrors }: PageRecord): void => {
  expect(pageErrors).toEqual([])
  expect(consoleErrors.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
}

/** No event is two rows, and every event that was seen to leave a page is one. */
const expectEachOnce = async (stack: LocalStack, records: readonly PageRecord[]): Promise<void> => {
  const envelopes = [...records.flatMap((record) => record.envelopes), ...(await storedEnvelopes(stack))]
  const sent = new Set(envelopes.flatMap(({ events }) => events.map(({ id }) => id)))
  const stored = (await browserEvents(stack)).map(({ event_id }) => event_id)
  expect(stored).toEqual([...sent].sort())
}

/** The vitals that a page reports when it ends are there. */
const expectFinalVitals = async (stack: LocalStack, { envelopes }: PageRecord): Promise<void> => {
  // Ids sort by time: what is later than the page's first batch is not of an earlier page.
  const rows = (await browserEvents(stack)).filter(({ event_id }) => event_id > (envelopes[0]?.batchId ?? ''))
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['CLS', 'INP']))
}

/** The page has delivered everything that it and earlier visits kept for later. */
const expectNothingKept = async (page: Page): Promise<void> => {
  const keys = await page.evaluate('Object.keys(localStorage)')
  expect((keys as string[]).filter((key) => /^observe\.(?:exit|outbox|down)/.test(key))).toEqual([])
}

const expectVitals = async (stack: LocalStack, measured: Record<WebVitalName, number>): Promise<void> => {
  const rows = (await browserEvents(stack)).filter(({ type }) => type === 'web-vital')
  expect(new Set(rows.map(({ page_path }) => page_path))).toEqual(new Set(['/']))
  // Later reports of a vital supersede earlier ones.
  const reported = Object.fromEntries(rows.map(({ name, value }) => [name, value ?? Number.NaN]))
  expect(Object.keys(reported).sort()).toEqual(['CLS', 'FCP', 'FID', 'INP', 'LCP', 'TTFB'])
  for (const name of ['FCP', 'FID', 'INP', 'LCP', 'TTFB'] as const)
    expect(Math.abs((reported[name] ?? Number.NaN) - measured[name]), name).toBeLessThan(1)
  expect(reported.CLS).toBeCloseTo(measured.CLS, 3)
  expect(measured.CLS).toBeGreaterThan(0.01)
}

const expectErrors = async (stack: LocalStack): Promise<void> => {
  const rows = (await browserEvents(stack)).filter(({ type }) => type === 'error')
  const found = rows.map(({ line }) => JSON.parse(line).error)
  const expected = [
    {
      source: 'window',
      name: 'RangeError',
      message: 'The coupon SPRING has expired',
      at: { file: 'src/trouble.ts', text: expect.stringContaining('throw new RangeError(') },
    },
    {
      source: 'rejection',
      name: 'Error',
      message: 'The stock could not be refreshed',
      at: { file: 'src/trouble.ts', text: expect.stringContaining('throw new Error(') },
    },
    {
      source: 'react',
      name: 'TypeError',
      message: 'The reviews of this print are missing',
      at: { file: 'src/pages/TroublePage.tsx', text: expect.stringContaining('throw new TypeError(') },
    },
    {
      source: 'rejection',
      name: 'Error',
      message: 'The wallet of [email] refused card [card]',
      at: { file: 'src/payments.ts', text: expect.stringContaining('throw new Error(') },
    },
  ]
  expect(found).toHaveLength(expected.length)
  for (const { source, name, message, at } of expected) {
    const error = found.find((one) => one.message === message)
    expect(error).toMatchObject({ source, name, message })
    expect(await sourcePosition(error.stack, shop.folder)).toMatchObject(at)
    expect(error.frames[0]).toMatchObject({
      file: expect.stringContaining('/assets/'),
      line: expect.any(Number),
    })
  }
}

const expectPageViews = async (stack: LocalStack): Promise<void> => {
  const rows = (await browserEvents(stack)).filter(({ type }) => type === 'page-view')
  const paths = rows.sort((a, b) => (a.event_id < b.event_id ? -1 : 1)).map(({ page_path }) => page_path)
  expect(paths).toEqual(['/', '/products/two-suns', '/cart', '/checkout', '/thanks', '/orders', '/trouble'])
}

/** One valid document per invocation of the API, and metrics of every page view and error. */
const expectDocuments = async (stack: LocalStack, { apiRequests }: PageRecord): Promise<void> => {
  const isSchemaValid = new Ajv().compile(emfSchema)
  const rows = await stack.query<Row<'log_events'>>('SELECT * FROM log_events WHERE is_emf')
  const documents = rows.map(({ function_name, line }) => ({ function_name, ...JSON.parse(line) }))
  for (const { line } of rows) {
    expect(isSchemaValid(JSON.parse(line)), `${line}\n${JSON.stringify(isSchemaValid.errors)}`).toBe(true)
    expect(validateEmf(JSON.parse(line))).toEqual([])
  }
  const invocations = documents.filter(
    ({ function_name, Invocations }) => Invocations === 1 && function_name !== COLLECTOR_FUNCTION,
  )
  expect(new Set(invocations.map(({ requestId }) => requestId)).size).toBe(apiRequests.length)
  expect(invocations.map(({ route }) => route).sort()).toEqual(
    apiRequests.map(({ method, path }) => `${method} ${path.replace(/(products)\/.*/, '$1/{slug}')}`).sort(),
  )
  expect(invocations.map(({ traceId }) => traceId).sort()).toEqual(
    apiRequests.map(({ traceparent }) => traceparent?.split('-')[1]).sort(),
  )
  expect(invocations.filter(({ Errors }) => Errors === 1).map(({ route }) => route)).toEqual([
    'GET /api/failing',
  ])
  const business = documents.filter(({ OrdersPlaced }) => OrdersPlaced !== undefined)
  expect(business).toEqual([expect.objectContaining({ OrdersPlaced: 1, OrderValue: 74 })])
}

/** Page events, API log lines and metric lines all carry the id that the browser sent along. */
const expectOneSession = async (stack: LocalStack, sessionId: string | undefined): Promise<void> => {
  const pageEvents = await browserEvents(stack)
  expect(pageEvents.filter((row) => row.session_id !== sessionId)).toEqual([])
  expect(pageEvents.length).toBeGreaterThan(0)

  const logs = await stack.query<Row<'log_events'>>(
    `SELECT * FROM log_events WHERE source = 'stdout' AND function_name <> '${COLLECTOR_FUNCTION}'
       AND line NOT LIKE '%"message":{"errorType"%'`, // the runtime's own line about an error, which knows no session
  )
  const messages = new Set(logs.map(({ message }) => message))
  for (const message of ['order placed', 'orders listed', 'product shown', 'asking the price service'])
    expect(messages).toContain(message)
  expect(logs.filter((row) => row.session_id !== sessionId).map(({ line }) => line)).toEqual([])

  const metrics = await stack.query<Row<'metrics'>>(
    `SELECT * FROM metrics WHERE function_name <> '${COLLECTOR_FUNCTION}'`,
  )
  expect(metrics.length).toBeGreaterThan(0)
  expect(metrics.filter((row) => row.session_id !== sessionId)).toEqual([])
}

/** Nothing that was typed into the checkout form left the page towards us, and nothing of it was logged. */
const expectNothingPersonal = async (
  stack: LocalStack,
  { outgoing, envelopes }: PageRecord,
): Promise<void> => {
  expect(envelopes.length).toBeGreaterThan(0)
  expect(findPersonalData(outgoing.join('\n'))).toEqual([])
  const stored = await everythingStored(stack)
  expect(stored).toContain('order placed')
  expect(findPersonalData(stored)).toEqual([])
}
