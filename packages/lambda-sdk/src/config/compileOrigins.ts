import type { OptionRule } from './checkOptions.ts'

const ORIGIN = /^(?:\*|https?:\/\/(?:\*\.)?[a-z\d.-]+(?::\d+)?)$/i

/** A list of origins as {@link compileOrigins} takes it. */
export const originList: OptionRule = {
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => ORIGIN.test(String(item))),
  expected: 'a non-empty array of origins such as "https://shop.example.com", "https://*.example.com" or "*"',
}

/** Compiles an allow-list of origins; `*.` stands for one or more subdomain labels, never for the bare domain. */
export const compileOrigins = (patterns: readonly string[]): ((origin: string) => boolean) => {
  if (patterns.includes('*')) return () => true
  const exact = new Set<string>()
  const wildcards: { scheme: string; suffix: string }[] = []
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase()
    const [scheme = '', host = ''] = lower.split('://')
    if (host.startsWith('*.')) wildcards.push({ scheme: `${scheme}://`, suffix: host.slice(1) })
    else exact.add(lower)
  }
  return (origin) => {
    const lower = origin.toLowerCase()
    return (
      exact.has(lower) ||
      wildcards.some(
        ({ scheme, suffix }) =>
          lower.startsWith(scheme) &&
          lower.endsWith(suffix) &&
          /^[a-z\d-]+(?:\.[a-z\d-]+)*$/.test(lower.slice(scheme.length, lower.length - suffix.length)),
      )
    )
  }
}
