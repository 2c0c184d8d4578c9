/** A map that forgets its oldest entries. */
export interface BoundedMemory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/** Remembers the `max` entries used last. */
export const createBoundedMemory = <T>(max: number): BoundedMemory<T> => {
  const entries = new Map<string, T>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value !== undefined) {
        entries.delete(key)
        entries.set(key, value)
      }
      return value
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size > max) {
        const [oldest] = entries.keys()
        if (oldest !== undefined) entries.delete(oldest)
      }
    },
  }
}
