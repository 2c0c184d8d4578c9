import { attempt } from '../runtime/guard.ts'
import { listen } from '../runtime/listen.ts'
import { isNoise } from '../signals/isNoise.ts'
import type { Signal } from '../signals/Signal.ts'

/** Knows which signals are not worth a report. */
export interface NoiseFilter {
  isNoise: (signal: Signal) => boolean
  stop: () => void
}

/** What the application reports by itself is never noise. */
export const createNoiseFilter = (ignore: readonly (string | RegExp)[] = []): NoiseFilter => {
  let isLeaving = false
  const stops = (['pagehide', 'pageshow'] as const).map((type) =>
    listen(window, type, () => {
      isLeaving = type === 'pagehide'
    }),
  )
  return {
    isNoise: (signal) =>
      signal.type === 'error' &&
      signal.source !== 'manual' &&
      attempt(() => {
        const { name, message, stack } = Object(signal.details?.thrown)
        return isNoise(
          { name: `${name}`, message: `${message}`, stack: `${stack}`.slice(0, 2_000) },
          { isLeaving, ignore },
        )
      }) === true,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}
