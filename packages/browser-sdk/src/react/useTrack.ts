import { useCallback } from 'react'
import type { Observability } from '../core/Observability.ts'
import { useObservability } from './ObservabilityProvider.ts'

/**
 * A stable function that records a business event.
 * @example
 * const track = useTrack()
 * <button onClick={() => track('add-to-cart', { sku })}>
 */
export const useTrack = (): Observability['track'] => {
  const observe = useObservability()
  return useCallback((name, properties) => observe.track(name, properties), [observe])
}
