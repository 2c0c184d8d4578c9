import { attempt } from '../runtime/guard.ts'
import { listen } from '../runtime/listen.ts'
import { isNoise } from '../signals/isNoise.ts'
import { isOwnEvent } from '../signals/isOwnEvent.ts'
import type { Signal } from '../signals/Signal.ts'

/** Knows which signals are not worth a report. */
export interface NoiseFilter {
  isNoise: (signal: Signal) => boolean
  /** What stops it. */
  stops: (() => void)[]
}

/** What the application reports by itself is never noise. */
export const createNoiseFilter = (
  ignore: readonly (string | RegExp)[],
  isOwn: (url: string) => boolean,
): NoiseFilter => {
  let isLeaving = false
  return {
    isNoise: (signal) =>
      attempt(() => {
        const { thrown, properties } = Object(signal.details)
        // The browser breaks off what is under way.
        if (isOwnEvent(signal)) return isLeaving && properties.status === 0
        if (signal.type !== 'error' || signal.source === 'manual') return false
        const { name, message, stack } = Object(thrown)
        // Told by `observe.status`.
        if (signal.source === 'resource' && isOwn(message.replace(/.* /, ''))) return true
        return isNoise(
          { name: `${name}`, message: `${message}`, stack: `${stack}`.slice(0, 2_000) },
          { isLeaving, ignore },
        )
      }) === true,
    stops: ['pagehide', 'pageshow'].map((type) =>
      listen(window, type, () => {
        isLeaving = type === 'pagehide'
      }),
    ),
  }
}
