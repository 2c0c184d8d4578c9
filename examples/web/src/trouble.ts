/** What the trouble page breaks, each in the way real code breaks. */

export const redeemCoupon = (code: string): number => priceAfter(code, 6800)

const priceAfter = (code: string, cents: number): number => {
  const coupon = findCoupon(code)
  return cents * (1 - coupon.discount)
}

const findCoupon = (code: string): { discount: number } => {
  throw new RangeError(`The coupon ${code} has expired`)
}

export const refreshStock = async (): Promise<void> => {
  await Promise.resolve()
  throw new Error('The stock could not be refreshed', { cause: new TypeError('warehouse is not iterable') })
}

/** Keeps the main thread busy. */
export const blockThePage = (durationMs: number): void => {
  const until = performance.now() + durationMs
  while (performance.now() < until);
}
