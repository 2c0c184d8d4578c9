import { useEffect } from 'react'
import { useObservability } from './ObservabilityProvider.ts'

/**
 * Names the route shown, whichever router shows it.
 * @example useRoute('/orders/:id')
 */
export const useRoute = (route: string | undefined): void => {
  const observe = useObservability()
  useEffect(() => observe.setRoute(route), [observe, route])
}
