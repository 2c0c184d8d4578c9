import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'

/** A page of the shop: `pattern` names parameters with a colon, as in `/products/:slug`. */
export interface Route {
  pattern: string
  render: (parameters: Record<string, string>) => ReactNode
}

const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

/** Goes to another page without loading it. */
export const navigate = (to: string): void => {
  history.pushState(null, '', to)
  for (const listener of listeners) listener()
  scrollTo(0, 0)
}

/** The current path. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname)

/** The first route that fits the path, and what it renders. */
export const matchRoute = (
  routes: readonly Route[],
  path: string,
): { pattern: string; page: ReactNode } | undefined => {
  for (const { pattern, render } of routes) {
    const names: string[] = []
    const source = pattern.replace(/:(\w+)/g, (_, name: string) => {
      names.push(name)
      return '([^/]+)'
    })
    const match = new RegExp(`^${source}/?$`).exec(path)
    if (!match) continue
    const parameters = names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')])
    return { pattern, page: render(Object.fromEntries(parameters)) }
  }
  return undefined
}

export interface LinkProps {
  to: string
  className?: string
  children: ReactNode
}

/** An ordinary link that the router follows; modified clicks stay the browser's. */
export const Link = ({ to, className, children }: LinkProps) => {
  const path = usePath()
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return
    event.preventDefault()
    navigate(to)
  }
  return (
    <a href={to} className={className} aria-current={path === to ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
