import * as z from 'zod/mini'
import { findProduct } from '../products/products.ts'

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest))

/** What the shop's checkout sends. */
export const orderRequest = z.strictObject({
  items: z
    .array(
      z.strictObject({
        slug: z.string().check(z.refine((slug) => findProduct(slug) !== undefined, 'unknown product')),
        quantity: z.int().check(z.minimum(1), z.maximum(10)),
      }),
    )
    .check(z.minLength(1), z.maxLength(20)),
  customer: z.strictObject({
    name: text(100),
    email: z.email(),
    phone: z.optional(text(40)),
    address: z.strictObject({ street: text(200), postalCode: text(20), city: text(100) }),
  }),
  /** The page hands the card to the payment provider and gets a token for it. */
  paymentToken: z.string().check(z.regex(/^pay_[a-z0-9]{8,64}$/)),
  notes: z.optional(z.string().check(z.maxLength(500))),
})

export type OrderRequest = z.infer<typeof orderRequest>

export interface Order extends OrderRequest {
  id: string
  placedAt: string
  totalCents: number
}

/** The price of everything in it. */
export const totalCents = (items: OrderRequest['items']): number =>
  items.reduce((sum, { slug, quantity }) => sum + (findProduct(slug)?.priceCents ?? 0) * quantity, 0)
