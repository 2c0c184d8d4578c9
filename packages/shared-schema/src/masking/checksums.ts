/** Luhn checksum of ISO/IEC 7812-1 annex B over a string of digits. */
export const passesLuhn = (digits: string): boolean =>
  [...digits].reduceRight(
    (sum, digit, index) => sum + ((digits.length - index) % 2 ? +digit : (+digit * 2) % 9 || +digit),
    0,
  ) %
    10 ===
  0

/** MOD 97-10 checksum of an IBAN without spaces, ISO 13616 and ISO/IEC 7064. */
export const passesMod97 = (iban: string): boolean =>
  BigInt((iban.slice(4) + iban.slice(0, 4)).replace(/\D/g, (letter) => `${Number.parseInt(letter, 36)}`)) %
    97n ===
  1n
