import { attempt } from './guard.ts'

/**
 * Replaces a method by what `make` makes of it. Returns what puts the original back, unless somebody else has
 * replaced it since: then it must stay, for their code calls it.
 */
export const patch = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  make: (original: Target[Name]) => Target[Name],
): (() => void) => {
  const original = target[name]
  const patched = make(original)
  // What has been locked against changes stays as it is.
  attempt(() => {
    target[name] = patched
  })
  return () => {
    if (target[name] === patched) target[name] = original
  }
}
