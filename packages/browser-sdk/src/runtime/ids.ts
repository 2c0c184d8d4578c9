/** `length` random lower-case hex digits. `length` is even. */
export const randomHex = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length / 2)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** A version 7 UUID (RFC 9562, section 5.7): sorts by the millisecond it was made in. */
export const uuidv7 = (now: number): string =>
  (now.toString(16).padStart(12, '0') + randomHex(20)).replace(
    /(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*/,
    (_, high, low, randomA, variant, randomB, randomC) =>
      `${high}-${low}-7${randomA}-${'89ab'[Number.parseInt(variant, 16) & 3]}${randomB}-${randomC}`,
  )
