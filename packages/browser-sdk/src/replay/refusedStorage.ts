type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The part of a `Storage` that the tracker uses, for as long as the page lives. */
const createMemory = (): Memory => {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

/**
 * What stands in for the storage that the browser refuses, as it does in frames of other origins: reading it throws, and the
 * tracker would not begin. Storage that is there must not be among the tracker's options, which it copies.
 */
export const refusedStorage = (): { localStorage?: Memory; sessionStorage?: Memory } => {
  const options: { localStorage?: Memory; sessionStorage?: Memory } = {}
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      window[name].getItem('')
    } catch {
      options[name] = createMemory()
    }
  }
  return options
}
