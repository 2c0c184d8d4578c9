import { useCallback, useSyncExternalStore } from 'react'
import type { Observability } from '../core/Observability.ts'
import type { Consent } from '../options/ObserveOptions.ts'
import { useObservability } from './ObservabilityProvider.ts'

/** The components that show the consent of a handle. */
const watchers = new WeakMap<Observability, Set<() => void>>()

/** While rendering on a server nobody has been asked yet, and nothing is observed. */
const onServer = (): Consent => 'denied'

/**
 * The visitor's decision, and what records a new one: `granted`, `denied`, or `pending` to ask again. All components
 * that use it follow. A `setConsent` of the handle itself shows at their next render.
 * @example
 * const [consent, setConsent] = useConsent()
 * <button onClick={() => setConsent('pending')}>Privacy settings</button>
 */
export const useConsent = (): readonly [consent: Consent, setConsent: (consent: Consent) => void] => {
  const observe = useObservability()
  const watch = useCallback(
    (onChange: () => void) => {
      const others = watchers.get(observe) ?? new Set()
      watchers.set(observe, others.add(onChange))
      return () => void others.delete(onChange)
    },
    [observe],
  )
  const consent = useSyncExternalStore(watch, () => observe.status.consent, onServer)
  const setConsent = useCallback(
    (next: Consent) => {
      observe.setConsent(next)
      for (const onChange of watchers.get(observe) ?? []) onChange()
    },
    [observe],
  )
  return [consent, setConsent]
}
