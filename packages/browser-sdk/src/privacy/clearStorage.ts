import { attempt } from '../runtime/guard.ts'

/** Keys of ours and of OpenReplay's tracker, which keeps a visitor id, a token and a few marks. */
const OWN_KEY = /^(?:observe\.|__openreplay_|__or__|or_buffer_)/

/** Deletes everything that identifies the visitor or waits to be sent from both storages of the origin. */
export const clearStorage = (): void => {
  for (const open of [() => localStorage, () => sessionStorage]) {
    attempt(() => {
      const storage = open()
      for (const key of Object.keys(storage)) if (OWN_KEY.test(key)) storage.removeItem(key)
    })
  }
}
