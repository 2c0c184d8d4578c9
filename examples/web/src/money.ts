const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })

/** Euros and cents as the shop writes them. */
export const money = (cents: number): string => format.format(cents / 100)
