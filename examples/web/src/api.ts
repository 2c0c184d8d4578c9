/** The shop's API, on the same origin. */

export interface Product {
  slug: string
  title: string
  place: string
  description: string
  priceCents: number
  sizeCm: string
}

export interface OrderItem {
  slug: string
  quantity: number
}

export interface Order {
  id: string
  placedAt: string
  items: OrderItem[]
  totalCents: number
}

export interface OrderRequest {
  items: OrderItem[]
  customer: {
    name: string
    email: string
    phone?: string
    address: { street: string; postalCode: string; city: string }
  }
  paymentToken: string
  notes?: string
}

/** An answer of the API that was no success. */
class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number

  constructor(method: string, path: string, status: number, reason: string) {
    super(`${method} ${path} answered ${status}: ${reason}`)
    this.status = status
  }
}

const request = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new ApiError(method, path, response.status, reasonOf(answer))
  return answer as T
}

const reasonOf = (answer: unknown): string => {
  const { error, message } = (answer ?? {}) as { error?: { message?: string }; message?: string }
  return error?.message ?? message ?? 'no reason given'
}

export const api = {
  products: () => request<{ products: Product[] }>('GET', '/api/products').then(({ products }) => products),
  product: (slug: string) => request<Product>('GET', `/api/products/${encodeURIComponent(slug)}`),
  orders: () => request<{ orders: Order[] }>('GET', '/api/orders').then(({ orders }) => orders),
  placeOrder: (order: OrderRequest) => request<Order>('POST', '/api/orders', order),
  slow: () => request<{ waitedMs: number }>('GET', '/api/slow'),
  failing: () => request<unknown>('GET', '/api/failing'),
}
