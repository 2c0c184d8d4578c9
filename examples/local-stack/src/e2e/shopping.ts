import type { Page } from 'playwright'
import { personalData } from './personalData.ts'

/** What a visitor does in the shop, by the same clicks. */
export const shopping = (page: Page) => ({
  async openProduct(title: string) {
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  },

  async addToCart() {
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('heading', { name: 'Cart' }).waitFor()
  },

  async fillCheckout() {
    await page.getByRole('link', { name: 'Check out' }).click()
    for (const [name, value] of Object.entries(personalData)) await page.locator(`[name=${name}]`).fill(value)
  },

  async payWithWallet() {
    await page.getByRole('button', { name: 'Pay with wallet' }).click()
  },

  async placeOrder() {
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  },

  async goTo(name: 'Orders' | 'Trouble' | 'Cart' | 'Nowhere Prints') {
    await page.getByRole('banner').getByRole('link', { name }).click()
  },

  /** Clicks a button of the trouble page. */
  async cause(button: string) {
    await page.getByRole('button', { name: button }).click()
  },

  /** Loads the first page of the shop again, as the address bar would. */
  async home() {
    await page.goto(new URL('/', page.url()).href)
  },

  /** Closes the tab as its cross does, and waits until it is gone. */
  async closeTab() {
    const closed = page.waitForEvent('close')
    await page.close({ runBeforeUnload: true })
    await closed
  },
})
