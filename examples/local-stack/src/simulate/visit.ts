import { setTimeout as pause } from 'node:timers/promises'
import {
  BATCH_CONTENT_TYPE,
  DEFAULT_COLLECTOR_PATH,
  SESSION_ID_HEADER,
  TRACEPARENT_HEADER,
} from '@acme/observe-schema/protocol'
import type { Envelope, ObserveEvent, WebVitalName } from '@acme/observe-schema/types'
import { drawError } from './drawError.ts'
import { drawVital } from './drawVitals.ts'
import { type Random, uuidV7 } from './random.ts'
import { drawVisitor } from './visitor.ts'

const PRODUCTS = ['saltmarsh-dawn', 'two-suns', 'north-wall', 'night-ferry'] as const
const WEBSITE_ID = '5a3f8c1e-5b0e-4b7e-9c55-0d1a7be0c0de'
const REFERRERS = ['', '', '', 'https://search.example/', 'https://newsletter.example/'] as const

type WithoutBase<E> = E extends ObserveEvent ? Omit<E, 'id' | 'at' | 'page'> : never

/** Plays one visit to the shop over HTTP, in real time but with short pauses. Returns the requests it made. */
export const playVisit = async (shopUrl: string, random: Random, signal?: AbortSignal): Promise<number> => {
  const { client, slowness } = drawVisitor(random)
  const session = { id: uuidV7(random, Date.now()), startedAt: Date.now() }
  let path = '/'
  let events: ObserveEvent[] = []
  let requests = 0

  const request = async (
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    requests += 1
    const response = await fetch(`${shopUrl}${target}`, {
      method,
      headers: { origin: shopUrl, 'user-agent': client.userAgent ?? '', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    await response.arrayBuffer()
    return response.status
  }
  const record = (event: WithoutBase<ObserveEvent>) => {
    const at = Date.now()
    const route = path.replace(/^\/products\/.+/, '/products/:slug')
    events.push({ ...event, id: uuidV7(random, at), at, page: { path, route } } as ObserveEvent)
  }
  const flush = async () => {
    if (events.length === 0) return
    const now = Date.now()
    const envelope: Envelope = {
      schemaVersion: 1,
      batchId: uuidV7(random, now),
      sentAt: now,
      sdk: { name: '@acme/example-local-stack', version: '0.0.0' },
      app: { name: 'nowhere-prints', release: '1.0.0', environment: 'simulation' },
      session,
      client,
      events,
    }
    events = []
    await request('POST', DEFAULT_COLLECTOR_PATH, envelope, { 'content-type': BATCH_CONTENT_TYPE })
  }
  const callApi = (method: string, target: string, body?: unknown) =>
    request(method, target, body, {
      [SESSION_ID_HEADER]: session.id,
      [TRACEPARENT_HEADER]: `00-${random.hex(32)}-${random.hex(16)}-01`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    })
  const show = async (to: string, navigationType: 'load' | 'push', referrer?: string) => {
    path = to
    record({ type: 'page-view', navigationType, ...(referrer && { referrer }) })
    const { width, height } = client.viewport
    await request(
      'POST',
      '/api/send',
      {
        type: 'event',
        payload: {
          website: WEBSITE_ID,
          id: session.id,
          hostname: 'localhost',
          language: client.language,
          screen: `${width}x${height}`,
          url: to,
          referrer: referrer ?? '',
        },
      },
      { 'content-type': 'text/plain;charset=UTF-8' },
    )
  }
  const vitals = (...names: WebVitalName[]) => {
    for (const name of names) record(drawVital(random, name, slowness))
  }
  const think = () => pause(random.logNormal(350, 0.5), undefined, signal ? { signal } : undefined)

  await show('/', 'load', random.pick(REFERRERS))
  await callApi('GET', '/api/products')
  vitals('TTFB', 'FCP')
  await think()
  vitals('LCP', 'FID')
  await flush()
  for (let page = random.integer(0, 3); page > 0; page -= 1) {
    const slug = random.pick(PRODUCTS)
    await show(`/products/${slug}`, 'push')
    await callApi('GET', `/api/products/${slug}`)
    await think()
    if (random.chance(0.45)) record({ type: 'custom', name: 'cart-add', properties: { slug } })
  }
  if (random.chance(0.1)) await callApi('GET', '/api/slow')
  if (random.chance(0.12)) {
    const failing = (await callApi('GET', '/api/failing')) >= 500
    if (failing || random.chance(0.5)) record(drawError(random, Date.now(), path))
  } else if (random.chance(0.08)) record(drawError(random, Date.now(), path))
  if (random.chance(0.22)) {
    await show('/checkout', 'push')
    await think()
    const status = await callApi('POST', '/api/orders', order(random))
    if (status < 300) record({ type: 'custom', name: 'checkout', properties: { items: 1 } })
  }
  vitals('CLS', 'INP')
  await flush()
  return requests
}

const order = (random: Random) => ({
  items: [{ slug: random.pick(PRODUCTS), quantity: random.integer(1, 2) }],
  customer: {
    name: 'Test Visitor',
    email: 'visitor@example.com',
    address: { street: '1 Test Street', postalCode: '00000', city: 'Nowhere' },
  },
  paymentToken: `pay_${random.hex(24)}`,
})
