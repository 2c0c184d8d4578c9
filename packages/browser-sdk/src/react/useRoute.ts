import { useEffect } from 'react'
import { useObservability } from './ObservabilityProvider.ts'

/**
 * Names the route shown, whichever router shows it.
 * @example useRoute('/orders/:id')
 */
export const useRoute = (route: string | undefined): void => {
  const observe = useObservability()
  // After every render: going from one product to the next keeps the pattern, but begins a new page.
  useEffect(() => observe.setRoute(route))
}
