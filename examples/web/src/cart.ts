import { useSyncExternalStore } from 'react'
import type { OrderItem } from './api.ts'

const KEY = 'cart'
const MOST_OF_ONE = 10
const listeners = new Set<() => void>()

const read = (): readonly OrderItem[] => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as OrderItem[]
  } catch {
    return []
  }
}

let items = read()

const write = (next: readonly OrderItem[]): void => {
  items = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // The cart then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const cart = {
  /** Sets how many of a print are in the cart; none removes it. */
  setQuantity(slug: string, quantity: number): void {
    const changed = { slug, quantity: Math.min(quantity, MOST_OF_ONE) }
    const known = items.some((item) => item.slug === slug)
    const all = known ? items.map((item) => (item.slug === slug ? changed : item)) : [...items, changed]
    write(all.filter((item) => item.quantity > 0))
  },
  add(slug: string): void {
    cart.setQuantity(slug, (items.find((item) => item.slug === slug)?.quantity ?? 0) + 1)
  },
  empty: (): void => write([]),
}

/** The cart's items, always up to date. */
export const useCart = (): readonly OrderItem[] => useSyncExternalStore(subscribe, () => items)
