import type { ErrorSource } from '@acme/observe-schema/types'
import { listen } from '../runtime/listen.ts'

type Report = (source: ErrorSource, thrown: unknown) => void

/** Reports what nobody caught: errors, rejections, and scripts, styles and images that fail to load. Returns what stops it. */
export const observeErrors = (report: Report): (() => void)[] => [
  listen(
    window,
    'error',
    ({ target, error, message, filename, lineno, colno }) => {
      if (target?.localName) {
        const url = String(target.currentSrc || target.src || target.href).replace(/[?#].*/, '')
        report('resource', {
          name: 'ResourceError',
          message: `<${target.localName}> failed to load: ${url}`,
        })
      } else {
        // A script of another origin tells neither the error nor the place.
        report('window', error ?? { name: 'Error', message, stack: `    at ${filename}:${lineno}:${colno}` })
      }
    },
    true,
  ),
  listen(window, 'unhandledrejection', ({ reason }) => report('rejection', reason)),
]
