import type { Signal } from './Signal.ts'

/** True for events of our own, such as slow requests: they bear no name of the application's. */
export const isOwnEvent = (signal: Signal): signal is Extract<Signal, { type: 'custom' }> =>
  signal.type === 'custom' && signal.details?.name === undefined
