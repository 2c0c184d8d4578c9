import { useEffect, useState } from 'react'

/** What a request has brought so far. */
export interface Loaded<T> {
  value?: T
  error?: Error
}

/** Loads a value when the component appears and whenever `key` changes. */
export const useLoaded = <T>(key: string, load: () => Promise<T>): Loaded<T> => {
  const [loaded, setLoaded] = useState<Loaded<T> & { key?: string }>({})
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for everything `load` closes over
  useEffect(() => {
    let current = true
    load().then(
      (value) => current && setLoaded({ key, value }),
      (error: Error) => current && setLoaded({ key, error }),
    )
    return () => {
      current = false
    }
  }, [key])
  return loaded.key === key ? loaded : {}
}
