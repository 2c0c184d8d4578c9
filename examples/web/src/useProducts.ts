import { api, type Product } from './api.ts'
import { type Loaded, useLoaded } from './useLoaded.ts'

let request: Promise<Product[]> | undefined

/** The catalogue, asked for once per page load; a failed request is tried again by the next page. */
export const useProducts = (): Loaded<Product[]> =>
  useLoaded('products', () => {
    request ??= api.products().catch((error: unknown) => {
      request = undefined
      throw error
    })
    return request
  })
