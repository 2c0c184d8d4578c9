/** A stand-in for a payment provider's script. Nothing is charged and no card leaves the page. */
export const payments = {
  /** What the shop's API gets instead of the card. */
  tokenize: (_cardNumber: string): string => `pay_${crypto.randomUUID().replaceAll('-', '')}`,

  /** Always refused, with a message as careless as such messages are. */
  payWithWallet: async (email: string, cardNumber: string): Promise<never> => {
    await Promise.resolve()
    throw new Error(`The wallet of ${email} refused card ${cardNumber}`)
  },
}
