import { listen } from '../runtime/listen.ts'
import { describeTarget } from './describeTarget.ts'

/** Reports the selector of what is clicked, never its text. Returns what stops it. */
export const observeClicks = (report: (selector: string) => void): (() => void) =>
  listen(
    window,
    'click',
    ({ target }) => {
      const selector = describeTarget(
        target?.closest?.('a,button,input,select,textarea,label,[role]') ?? target,
      )
      if (selector) report(selector)
    },
    true,
  )
