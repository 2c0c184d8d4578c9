/** `length` random lower-case hex digits. `length` is even. */
export const randomHex = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length / 2)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/**
 * A version 7 UUID (RFC 9562, section 5.7): sorts by the millisecond it was made in. 72 random bits: two of
 * the 74 that there could be are spent on a shorter formula.
 */
export const uuidv7 = (now: number): string =>
  (now.toString(16).padStart(12, '0') + randomHex(18)).replace(/(.{8})(.{4})(.{3})(.{3})/, '$1-$2-7$3-8$4-')
