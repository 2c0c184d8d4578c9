import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react'
import { getObservability } from '../core/instance.ts'
import type { Observability } from '../core/Observability.ts'

const ObservabilityContext = createContext<Observability | undefined>(undefined)

export interface ObservabilityProviderProps {
  /** The handle that `initObservability` returned. */
  observe: Observability
  children?: ReactNode
}

/**
 * Gives a handle to the components below. Without it, hooks and boundaries use the running instance.
 * @example <ObservabilityProvider observe={observe}><App /></ObservabilityProvider>
 */
export const ObservabilityProvider = ({ observe, children }: ObservabilityProviderProps): ReactElement =>
  createElement(ObservabilityContext.Provider, { value: observe }, children)

/** The handle of the nearest provider, else the running instance, else one whose methods do nothing. */
export const useObservability = (): Observability => useContext(ObservabilityContext) ?? getObservability()
