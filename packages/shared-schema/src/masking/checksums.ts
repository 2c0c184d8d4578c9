/** Luhn checksum of ISO/IEC 7812-1 annex B over a string of digits. */
export const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 ? (digit * 2) % 9 || digit : digit
  }
  return sum % 10 === 0
}

/** MOD 97-10 checksum of an IBAN, ISO 13616 and ISO/IEC 7064. */
export const passesMod97 = (iban: string): boolean => {
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
