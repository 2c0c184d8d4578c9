import type { Store } from '../store/openStore.ts'
import type { Html } from './html.ts'

/** What a view is given. */
export interface ViewContext {
  store: Store
  url: URL
  /** Epoch milliseconds. */
  now: number
  shopUrl: string
}

/** A page's main part. */
export interface Page {
  title: string
  /** Shown beside the heading: filters and the like. */
  actions?: Html
  /** Link back to the list a detail belongs to. */
  parent?: { label: string; href: string }
  body: Html
}

/** Undefined when there is nothing at that address. */
export type View = (context: ViewContext, parameter: string) => Promise<Page | undefined>
