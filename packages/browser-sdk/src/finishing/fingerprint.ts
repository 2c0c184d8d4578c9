import type { StackFrame } from '@acme/observe-schema/types'

/** Numbers, quoted values and hexadecimal ids differ between two cases of the same error. */
const normalise = (message: string): string => message.replace(/(["'`]).*?\1|\b[\da-f-]{8,}\b|\d+/gi, '*')

/** A bundler's content hash, which changes with every release: `index-BZ8f14e4.js`. */
const withoutHash = (file: string): string => file.replace(/[-.][\w-]{8,}(?=\.\w+$)/, '')

/**
 * Sixteen hex digits that equal errors share, also after a new release: a hash of the name, the normalised message
 * and the function and file of the three innermost frames. Two interleaved multiplicative hashes of 32 bits.
 */
export const fingerprint = (name: string, message: string, frames: readonly StackFrame[] = []): string => {
  const places = frames.slice(0, 3).map((frame) => `${frame.function}@${withoutHash(frame.file)}`)
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (const char of [name, normalise(message), ...places].join('\n')) {
    const code = char.codePointAt(0) as number
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code ^ (high >>> 16), 0x5f356495)
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
