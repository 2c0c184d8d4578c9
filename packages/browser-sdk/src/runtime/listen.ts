import { guard } from './guard.ts'

/** Adds a guarded listener and returns what removes it. */
export const listen = (
  target: EventTarget,
  type: string,
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the event of its own type
  listener: (event: any) => void,
  capture = false,
): (() => void) => {
  const guarded = guard(listener)
  target.addEventListener(type, guarded, capture)
  return () => target.removeEventListener(type, guarded, capture)
}
